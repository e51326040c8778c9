package io.countinghouse.billing.input;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;

/** One address of one person, as {@code name@company.example}; null is left to others. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Constraint(validatedBy = MailAddress.Validator.class)
public @interface MailAddress {
    String message() default "must be one e-mail address, such as books@acme.example";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    class Validator implements ConstraintValidator<MailAddress, String> {
        /** RFC 5321 without quoted local parts, which no provider gives out. */
        private static final Pattern LOCAL = Pattern.compile(
                "[\\p{L}\\p{N}\\p{M}!#$%&'*+/=?^_`{|}~-]+(\\.[\\p{L}\\p{N}\\p{M}!#$%&'*+/=?^_`{|}~-]+)*");

        private static final Pattern DOMAIN =
                Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?");

        @Override
        public boolean isValid(String value, ConstraintValidatorContext context) {
            if (value == null) {
                return true;
            }
            int at = value.lastIndexOf('@');
            return at > 0
                    && at <= 64
                    && LOCAL.matcher(value.substring(0, at)).matches()
                    && isDomain(value.substring(at + 1));
        }

        private static boolean isDomain(String domain) {
            try {
                String ascii = IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
                return ascii.length() <= 253 && DOMAIN.matcher(ascii).matches();
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
    }
}

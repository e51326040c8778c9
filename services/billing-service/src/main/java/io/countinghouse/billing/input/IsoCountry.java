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
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** An ISO 3166-1 country in two capital letters; null is left to others. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Constraint(validatedBy = IsoCountry.Validator.class)
public @interface IsoCountry {
    String message() default "must be an ISO 3166 country, such as DE";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    class Validator implements ConstraintValidator<IsoCountry, String> {
        /** The list of the JDK, which follows the standard. */
        private static final Set<String> COUNTRIES = Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2);

        private static final Map<String, String> MEANT = Map.of("UK", "GB", "EL", "GR");

        public static Set<String> all() {
            return COUNTRIES;
        }

        public static boolean knows(String code) {
            return code != null && COUNTRIES.contains(code);
        }

        @Override
        public boolean isValid(String value, ConstraintValidatorContext context) {
            if (value == null || knows(value)) {
                return true;
            }
            context.disableDefaultConstraintViolation();
            String letters = value.matches("[A-Za-z]{2}") ? value : "that";
            String capital = letters.toUpperCase(Locale.ROOT);
            String meant = MEANT.getOrDefault(capital, knows(capital) ? capital : null);
            context.buildConstraintViolationWithTemplate(
                            meant == null
                                    ? "must be an ISO 3166 country, such as DE; " + letters + " is not one"
                                    : "must be an ISO 3166 country; " + letters + " is written " + meant)
                    .addConstraintViolation();
            return false;
        }
    }
}

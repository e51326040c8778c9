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

/** Text that can be printed on a document: at least one visible character, and no control characters; null is left to others. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER, ElementType.RECORD_COMPONENT})
@Constraint(validatedBy = Legible.Validator.class)
public @interface Legible {
    String message() default "must have a visible character and no control characters";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    class Validator implements ConstraintValidator<Legible, String> {
        /** Letters and symbols that print nothing: the fillers of Hangul and the empty pattern of Braille. */
        private static final String BLANK = "\u115f\u1160\u3164\uffa0\u2800";

        @Override
        public boolean isValid(String value, ConstraintValidatorContext context) {
            return value == null
                    || value.codePoints().noneMatch(Validator::breaks)
                            && value.codePoints().anyMatch(Validator::prints);
        }

        private static boolean breaks(int point) {
            return switch (Character.getType(point)) {
                case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                    true;
                // A direction that is not closed turns the rest of the document around.
                case Character.FORMAT -> point >= 0x202a && point <= 0x202e || point >= 0x2066 && point <= 0x2069;
                default -> false;
            };
        }

        private static boolean prints(int point) {
            return switch (Character.getType(point)) {
                case Character.SPACE_SEPARATOR,
                        Character.FORMAT,
                        Character.UNASSIGNED,
                        Character.PRIVATE_USE,
                        Character.NON_SPACING_MARK,
                        Character.ENCLOSING_MARK,
                        Character.COMBINING_SPACING_MARK -> false;
                default -> BLANK.indexOf(point) < 0;
            };
        }
    }
}

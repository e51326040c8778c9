package io.countinghouse.defaults.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A name that a person reads in one line: it shows something, and holds no character that moves, hides or reorders what stands
 * around it (control characters, line and paragraph separators, bidirectional controls, code points that are no characters).
 * Joiners and variation selectors stay allowed: Persian, Indic scripts and emoji are written with them. Null is left to
 * {@code @NotNull}.
 */
@Documented
@Constraint(validatedBy = VisibleText.Validator.class)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE})
@Retention(RetentionPolicy.RUNTIME)
public @interface VisibleText {

    String message() default "must show something in one line: at least one visible character, no control characters";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    class Validator implements ConstraintValidator<VisibleText, String> {

        /** U+2800 and U+FFFC: a sign without dots, and a stand-in for an object that a text does not have. */
        private static final String EMPTY_SIGNS = "\u2800\uFFFC";

        @Override
        public boolean isValid(String text, ConstraintValidatorContext context) {
            return text == null
                    || text.codePoints().noneMatch(Validator::isDisruptive)
                            && text.codePoints().anyMatch(Validator::isVisible);
        }

        private static boolean isDisruptive(int point) {
            return switch (Character.getType(point)) {
                case Character.CONTROL,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR,
                        Character.SURROGATE,
                        Character.PRIVATE_USE -> true;
                default ->
                    UCharacter.hasBinaryProperty(point, UProperty.BIDI_CONTROL)
                            || UCharacter.hasBinaryProperty(point, UProperty.NONCHARACTER_CODE_POINT);
            };
        }

        private static boolean isVisible(int point) {
            return !Character.isSpaceChar(point)
                    && Character.getType(point) != Character.FORMAT
                    && Character.getType(point) != Character.NON_SPACING_MARK
                    && Character.getType(point) != Character.ENCLOSING_MARK
                    && Character.getType(point) != Character.UNASSIGNED
                    && !UCharacter.hasBinaryProperty(point, UProperty.DEFAULT_IGNORABLE_CODE_POINT)
                    && EMPTY_SIGNS.indexOf(point) < 0;
        }
    }
}

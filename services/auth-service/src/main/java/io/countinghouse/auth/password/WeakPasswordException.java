package io.countinghouse.auth.password;

import io.countinghouse.defaults.problem.FieldError;
import io.countinghouse.defaults.problem.ProblemException;
import java.util.List;

class WeakPasswordException extends ProblemException {

    private static final long serialVersionUID = 1L;

    WeakPasswordException(String rule) {
        super(
                400,
                "password-refused",
                "Password refused",
                "password " + rule,
                List.of(new FieldError("password", rule)));
    }
}

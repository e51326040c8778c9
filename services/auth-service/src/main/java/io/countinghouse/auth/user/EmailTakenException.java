package io.countinghouse.auth.user;

import io.countinghouse.defaults.problem.FieldError;
import io.countinghouse.defaults.problem.ProblemException;
import java.util.List;

class EmailTakenException extends ProblemException {

    private static final long serialVersionUID = 1L;

    EmailTakenException(String email) {
        super(
                409,
                "email-taken",
                "E-mail address taken",
                "There is already a user with the e-mail address '%s'.".formatted(email),
                List.of(new FieldError("email", "must not belong to a user yet")));
    }
}

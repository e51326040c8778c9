package io.countinghouse.auth.session;

import io.countinghouse.defaults.problem.ProblemException;

class InvalidCredentialsException extends ProblemException {

    private static final long serialVersionUID = 1L;

    /** Says the same for an unknown e-mail address as for a wrong password. */
    InvalidCredentialsException() {
        super(401, "invalid-credentials", "Invalid credentials", "The e-mail address and the password do not match.");
    }
}

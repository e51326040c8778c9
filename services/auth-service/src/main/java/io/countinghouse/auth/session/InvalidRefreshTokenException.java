package io.countinghouse.auth.session;

import io.countinghouse.defaults.problem.ProblemException;

class InvalidRefreshTokenException extends ProblemException {

    private static final long serialVersionUID = 1L;

    InvalidRefreshTokenException() {
        super(
                401,
                "invalid-refresh-token",
                "Invalid refresh token",
                "The refresh token is unknown, expired, already used, or of a session that has ended: log in again.");
    }
}

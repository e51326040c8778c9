package io.countinghouse.auth.user;

import io.countinghouse.defaults.problem.ProblemException;
import java.util.UUID;

class LastOwnerException extends ProblemException {

    private static final long serialVersionUID = 1L;

    LastOwnerException(UUID user) {
        super(
                409,
                "last-owner",
                "Last owner",
                "User '%s' is the only owner of the tenant, and a tenant must have one.".formatted(user));
    }
}

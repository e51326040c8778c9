package io.countinghouse.invoice.invoice;

import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.defaults.tenancy.Caller;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * What a scope alone does not say: a tenant's own machine may hold {@code invoices:write}, and still must not issue,
 * settle or void the invoices it is sent.
 */
@ApplicationScoped
public class OperatorOnly {
    private final Caller caller;

    OperatorOnly(Caller caller) {
        this.caller = caller;
    }

    /** @throws ProblemException 403 when the caller belongs to a tenant */
    public void check(String what) {
        if (!caller.isAboveTenants()) {
            throw ProblemException.forbidden("Only the operator " + what + ".");
        }
    }
}

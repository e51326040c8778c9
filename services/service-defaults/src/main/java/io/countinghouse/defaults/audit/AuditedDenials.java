package io.countinghouse.defaults.audit;

import io.countinghouse.defaults.problem.Denials;
import io.countinghouse.defaults.tenancy.Caller;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import org.jboss.logging.Logger;

/** Each 403 becomes an entry with the outcome {@code denied}, in a transaction of its own: that of the request is undone. */
@ApplicationScoped
class AuditedDenials implements Denials {

    private static final Logger LOG = Logger.getLogger(AuditedDenials.class);

    private final AuditTrail audit;
    private final TenantTransaction transaction;
    private final Caller caller;
    private final CurrentVertxRequest http;

    AuditedDenials(AuditTrail audit, TenantTransaction transaction, Caller caller, CurrentVertxRequest http) {
        this.audit = audit;
        this.transaction = transaction;
        this.caller = caller;
        this.http = http;
    }

    @Override
    public Uni<Void> record(String reason) {
        if (http.getCurrent() == null || caller.isAnonymous()) {
            return Uni.createFrom().voidItem();
        }
        HttpServerRequest request = http.getCurrent().request();
        return transaction
                .asCaller(() -> audit.record(
                        audit.currentActor(),
                        "request.denied",
                        "operation",
                        request.method() + " " + request.path(),
                        caller.tenant().orElse(null),
                        AuditTrail.Outcome.DENIED,
                        Map.of("reason", reason)))
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.warnf(
                            "a refused request could not be recorded: %s",
                            failure.getClass().getSimpleName());
                    return null;
                });
    }
}

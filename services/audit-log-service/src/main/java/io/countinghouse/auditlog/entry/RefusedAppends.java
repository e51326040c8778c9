package io.countinghouse.auditlog.entry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * {@code audit_errors_total}: what somebody wanted to record and could not. Of requests every one that failed; of events
 * those refused for good, since their senders keep and repeat the others.
 */
@Startup
@ApplicationScoped
class RefusedAppends {

    private final Counter refused;

    RefusedAppends(MeterRegistry metrics) {
        this.refused = metrics.counter("audit.errors");
    }

    void count() {
        refused.increment();
    }

    @ServerResponseFilter
    public void countRefusedRequests(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getStatus() >= 400
                && HttpMethod.POST.equals(request.getMethod())
                && request.getUriInfo().getPath().endsWith("/audit-logs")) {
            count();
        }
    }
}

package io.countinghouse.defaults.tenancy;

import org.jboss.logging.MDC;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Names the caller's tenant in every log line of its request; it holds for the request's Vert.x context. */
class TenantInLogs {

    private static final String MDC_KEY = "tenant_id";

    private final Caller caller;

    TenantInLogs(Caller caller) {
        this.caller = caller;
    }

    @ServerRequestFilter
    public void name() {
        caller.tenant().ifPresent(tenant -> MDC.put(MDC_KEY, tenant.toString()));
    }
}

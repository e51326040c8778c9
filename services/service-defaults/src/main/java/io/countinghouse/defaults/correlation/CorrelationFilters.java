package io.countinghouse.defaults.correlation;

import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.ext.Provider;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Carries the correlation id in and out of every HTTP call, as the server and as the client. */
class CorrelationFilters {

    @ServerRequestFilter(preMatching = true, priority = 1)
    public void begin(ContainerRequestContext request) {
        Correlation.begin(request.getHeaderString(Correlation.HEADER));
    }

    @ServerResponseFilter
    public void answer(ContainerResponseContext response) {
        Correlation.current().ifPresent(id -> response.getHeaders().putSingle(Correlation.HEADER, id));
    }

    /** Applied to every REST client by Quarkus' provider discovery. */
    @Provider
    static class Outgoing implements ClientRequestFilter {
        @Override
        public void filter(ClientRequestContext request) {
            if (!request.getHeaders().containsKey(Correlation.HEADER)) {
                Correlation.current().ifPresent(id -> request.getHeaders().putSingle(Correlation.HEADER, id));
            }
        }
    }
}

package io.countinghouse.defaults.http;

import io.countinghouse.defaults.problem.ProblemException;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** A filter that is given twice would be read once, and the list would answer another question than was asked. */
class Queries {

    private final Set<String> repeated;

    Queries(HttpConfig config) {
        this.repeated = config.repeatedParameters().orElse(Set.of());
    }

    @ServerRequestFilter
    public void refuseRepeated(ContainerRequestContext request) {
        request.getUriInfo().getQueryParameters().forEach((name, values) -> {
            if (values.size() > 1 && !repeated.contains(name)) {
                throw ProblemException.invalidField(name, "is given " + values.size() + " times, once is enough");
            }
        });
    }
}

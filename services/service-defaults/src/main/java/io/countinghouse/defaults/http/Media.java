package io.countinghouse.defaults.http;

import jakarta.ws.rs.NotAcceptableException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;

/**
 * Operations speak JSON unless they say otherwise. Without this, an operation that names no media type takes any body and
 * answers any {@code Accept}, with Java's own text of the answer: the framework's default.
 */
class Media {

    /** Above that of entity filters of a feature, which may read the body. */
    private static final int EARLY = 100;

    @ServerRequestFilter(priority = EARLY)
    public void negotiate(ContainerRequestContext request) {
        ResteasyReactiveRequestContext context = CurrentRequestManager.get();
        RuntimeResource operation = context.getTarget();
        if (operation == null) {
            return;
        }
        if (isEmpty(operation.getConsumes()) && takesBody(request) && !isJson(request.getMediaType())) {
            throw new NotSupportedException();
        }
        if (operation.getProduces() == null) {
            if (!acceptsJson(request)) {
                throw new NotAcceptableException();
            }
            context.setResponseContentType(MediaType.APPLICATION_JSON_TYPE);
        }
    }

    private static boolean isEmpty(List<MediaType> types) {
        return types == null || types.isEmpty();
    }

    private static boolean takesBody(ContainerRequestContext request) {
        return request.getLength() > 0 || request.getHeaderString("Transfer-Encoding") != null;
    }

    private static boolean isJson(MediaType type) {
        return type != null && type.isCompatible(MediaType.APPLICATION_JSON_TYPE) && !type.isWildcardSubtype();
    }

    private static boolean acceptsJson(ContainerRequestContext request) {
        return request.getAcceptableMediaTypes().stream()
                .anyMatch(type -> type.isCompatible(MediaType.APPLICATION_JSON_TYPE)
                        && !"0".equals(type.getParameters().get("q"))
                        && !"0.0".equals(type.getParameters().get("q")));
    }
}

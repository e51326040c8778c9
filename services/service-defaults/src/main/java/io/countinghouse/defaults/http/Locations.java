package io.countinghouse.defaults.http;

import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.URI;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * {@code Location} as a path (RFC 9110 section 10.2.2): the client resolves it against the address that it asked. The
 * {@code Host} header names whatever the sender of it likes, or the inner port behind a proxy.
 */
public class Locations {

    @ServerResponseFilter
    public void shorten(ContainerResponseContext response) {
        Object location = response.getHeaders().getFirst(HttpHeaders.LOCATION);
        if (location != null) {
            response.getHeaders().putSingle(HttpHeaders.LOCATION, pathOf(location));
        }
    }

    /** The path of a location that this service made, absolute or not. */
    public static String pathOf(Object location) {
        return URI.create(location.toString()).getRawPath();
    }
}

package io.countinghouse.defaults.problem;

import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.jose4j.jwt.consumer.InvalidJwtException;

/** Why the token of a request was not taken. The request goes on without it, and may end where none is needed. */
public final class RefusedToken {

    private static final String KEY = RefusedToken.class.getName();

    private RefusedToken() {}

    public static void noteIn(RoutingContext context, Throwable why, boolean isRevoked) {
        context.put(KEY, isRevoked ? "The access token has been revoked" : reason(why));
    }

    /** In a sentence's words without its end, for a person; empty when the request had no token. */
    public static Optional<String> reasonIn(RoutingContext context) {
        return context == null ? Optional.empty() : Optional.ofNullable(context.get(KEY));
    }

    private static String reason(Throwable why) {
        for (Throwable cause = why; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidJwtException invalid && invalid.hasExpired()) {
                return "The access token has expired";
            }
        }
        return "The access token is not valid";
    }
}

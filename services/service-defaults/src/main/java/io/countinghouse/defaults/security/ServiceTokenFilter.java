package io.countinghouse.defaults.security;

import io.quarkus.oidc.client.Tokens;
import io.quarkus.oidc.client.reactive.filter.runtime.AbstractOidcClientRequestReactiveFilter;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.Priorities;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/**
 * Puts this service's own token on a call to another. A token is fetched anew minutes before it ends
 * (quarkus.oidc-client.refresh-token-time-skew); when auth-service cannot give one just then, the present token is used
 * on. The extension's own filter forgets it at the first failure, and every call would fail with auth-service.
 */
@Priority(Priorities.AUTHENTICATION)
@ApplicationScoped
public class ServiceTokenFilter extends AbstractOidcClientRequestReactiveFilter {

    private static final Logger LOG = Logger.getLogger(ServiceTokenFilter.class);

    /** Whoever is away is not asked at every call: callers would wait for the answer. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    /** Less would be no token any more by the time it has been sent. */
    private static final Duration LEAST_LEFT = Duration.ofSeconds(5);

    private final Clock clock;
    private volatile Tokens last;
    private volatile Instant pausedUntil = Instant.MIN;

    ServiceTokenFilter(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Uni<Tokens> getTokens() {
        Instant now = clock.instant();
        Tokens known = last;
        if (now.isBefore(pausedUntil) && isUsable(known)) {
            return Uni.createFrom().item(known);
        }
        return super.getTokens().invoke(fresh -> last = fresh).onFailure().recoverWithUni(failure -> {
            if (!isUsable(known)) {
                return Uni.createFrom().failure(failure);
            }
            LOG.debugf("auth-service gives no token just now; the present one is good for a while");
            pausedUntil = now.plus(PAUSE);
            return Uni.createFrom().item(known);
        });
    }

    /** By the machine's time, which is what the token was made by. */
    private static boolean isUsable(Tokens tokens) {
        return tokens != null
                && tokens.getAccessTokenExpiresAt() != null
                && Instant.now().plus(LEAST_LEFT).isBefore(Instant.ofEpochSecond(tokens.getAccessTokenExpiresAt()));
    }
}

package io.countinghouse.defaults.security;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.countinghouse.defaults.work.WorkLoop;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/**
 * Which sessions and subjects auth-service has revoked. Each process keeps its own copy, so that a revocation is
 * honoured everywhere within a second without asking on every request: it asks for what is new, and auth-service answers
 * when there is something, or after some seconds. While auth-service is away nothing can be revoked either, so the copy stays right.
 */
@ApplicationScoped
public class Revocations {

    private static final Logger LOG = Logger.getLogger(Revocations.class);

    /** The largest page of a list: a process that starts catches up in one poll. */
    private static final int MOST_AT_ONCE = 1000;

    private final SecurityConfig config;
    private final Clock clock;
    private final RevocationFeed feed;
    private final WorkLoop loop;
    private final Map<String, Instant> sessions = new ConcurrentHashMap<>();
    private final Map<String, Subject> subjects = new ConcurrentHashMap<>();
    private volatile long position;
    private volatile boolean reachable = true;

    Revocations(SecurityConfig config, Clock clock, Vertx vertx, @RestClient RevocationFeed feed) {
        this.config = config;
        this.clock = clock;
        this.feed = feed;
        Duration interval = config.revocationPollInterval();
        this.loop = new WorkLoop(vertx, "the list of revocations", interval, interval, _ -> poll());
    }

    void start(@Observes StartupEvent event) {
        if (config.revocationPolling()) {
            loop.start();
            loop.wake();
        }
    }

    void stop(@Observes ShutdownEvent event) {
        loop.stop();
    }

    /** Whether the token's session was ended, or all tokens of its subject issued before some instant. */
    public boolean isRevoked(JsonWebToken token) {
        String session = token.getClaim("sid");
        if (session != null && sessions.containsKey(session)) {
            return true;
        }
        Subject revoked = token.getSubject() == null ? null : subjects.get(token.getSubject());
        return revoked != null && token.getIssuedAtTime() <= revoked.before().getEpochSecond();
    }

    /** Takes a revocation into account; auth-service calls this at once for its own process. */
    public void add(Revocation revocation) {
        if (revocation.sessionId() != null) {
            sessions.put(revocation.sessionId().toString(), revocation.expiresAt());
        } else if (revocation.subject() != null) {
            subjects.merge(
                    revocation.subject(),
                    new Subject(revocation.revokedAt(), revocation.expiresAt()),
                    (a, b) -> a.before().isAfter(b.before()) ? a : b);
        }
    }

    private Uni<Optional<Duration>> poll() {
        return feed.after(position, MOST_AT_ONCE, config.revocationWait().toSeconds())
                .invoke(batch -> {
                    batch.data().forEach(this::add);
                    batch.data().stream().mapToLong(Revocation::sequence).max().ifPresent(newest -> position = newest);
                    forgetExpired();
                    if (!reachable) {
                        LOG.info("revocations are followed again");
                    }
                    reachable = true;
                })
                .onFailure()
                .invoke(failure -> {
                    // Said once, not at every question: auth-service being away is seen on its own probes.
                    if (reachable) {
                        LOG.warnf("revocations cannot be followed just now: %s", failure.getMessage());
                    }
                    reachable = false;
                })
                .onFailure()
                .recoverWithNull()
                // The next question is asked by the clock.
                .replaceWith(Optional.empty());
    }

    private void forgetExpired() {
        Instant now = clock.instant();
        sessions.values().removeIf(expires -> expires.isBefore(now));
        subjects.values().removeIf(subject -> subject.expires().isBefore(now));
    }

    private record Subject(Instant before, Instant expires) {}

    /**
     * One revocation: of a session, or (without one) of all tokens of a subject issued up to {@code revokedAt}.
     *
     * @param sequence position in auth-service's feed
     * @param expiresAt when the last token concerned has expired by itself and the entry can be forgotten
     */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Revocation(long sequence, UUID sessionId, String subject, Instant revokedAt, Instant expiresAt) {}

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Batch(List<Revocation> data) {}

    @RegisterRestClient(configKey = "auth-service")
    @RegisterProvider(ServiceTokenFilter.class)
    @Path("/v1/auth/revocations")
    interface RevocationFeed {
        @GET
        Uni<Batch> after(
                @QueryParam("after") long sequence, @QueryParam("limit") int limit, @QueryParam("wait") long seconds);
    }
}

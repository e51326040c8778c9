package io.countinghouse.notification.delivery;

import io.countinghouse.defaults.work.WorkLoop;
import io.countinghouse.notification.message.Channel;
import io.countinghouse.notification.message.ClaimedMessage;
import io.countinghouse.notification.message.DeliveryResult;
import io.countinghouse.notification.message.NotificationQueue;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Works through the queue: when something was queued here and committed, when one that waited for room has some, when a
 * retry is due, and now and then what another process left. {@code notification_sent_total} counts messages that a transport took (the SMTP server accepted
 * it, the endpoint answered, whatever it answered); {@code notification_delivered_total} those whose receiver confirmed it
 * (accepted by SMTP, or answered with 2xx).
 */
@ApplicationScoped
class NotificationDispatcher {

    private static final Logger LOG = Logger.getLogger(NotificationDispatcher.class);

    /** Between two claims, so that many messages at once are claimed together. */
    private static final Duration CLAIMS_APART = Duration.ofMillis(50);

    private final NotificationQueue queue;
    private final EmailTransport email;
    private final WebhookTransport webhooks;
    private final DeliveryConfig config;
    private final Backoff backoff;
    private final Clock clock;
    private final Vertx vertx;
    private final Counter sent;
    private final Counter delivered;
    private final AttemptMetrics attempts;
    private final AtomicInteger underWay = new AtomicInteger();
    private final WorkLoop loop;

    NotificationDispatcher(
            NotificationQueue queue,
            EmailTransport email,
            WebhookTransport webhooks,
            DeliveryConfig config,
            Clock clock,
            Vertx vertx,
            AttemptMetrics attempts,
            MeterRegistry metrics) {
        this.queue = queue;
        this.email = email;
        this.webhooks = webhooks;
        this.config = config;
        this.backoff = new Backoff(
                config.firstBackoff(),
                config.backoffFactor(),
                config.longestBackoff(),
                config.jitter(),
                config.mostAttempts());
        this.clock = clock;
        this.vertx = vertx;
        this.attempts = attempts;
        this.sent = metrics.counter("notification.sent");
        this.delivered = metrics.counter("notification.delivered");
        this.loop = new WorkLoop(vertx, "the queue", config.pollInterval(), CLAIMS_APART, _ -> claim());
    }

    void start(@Observes StartupEvent event) {
        queue.whenQueued(loop::wake);
        loop.start();
    }

    void stop(@Observes ShutdownEvent event) {
        loop.stop();
    }

    /** Claims as much as there is room for; what is slow holds its own place and nobody else's. */
    private Uni<Optional<Duration>> claim() {
        int room = config.concurrency() - underWay.get();
        return room <= 0
                ? Uni.createFrom().item(Optional.empty())
                : queue.claim(room, config.lease())
                        .invoke(messages -> messages.forEach(this::begin))
                        .replaceWith(Optional.empty());
    }

    /** Deliveries go on side by side, and a Vert.x context holds one database session: each gets its own. */
    private void begin(ClaimedMessage message) {
        underWay.incrementAndGet();
        Context own = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
        // Nothing else runs on this context, which is what Panache asks to be told.
        VertxContextSafetyToggle.setContextSafe(own, true);
        own.runOnContext(_ -> deliver(message).subscribe().with(_ -> ended(), failure -> {
            // The database is away: the message is due again after its lease.
            LOG.debugf(failure, "what came of message %s cannot be written down just now", message.id());
            ended();
        }));
    }

    private void ended() {
        underWay.decrementAndGet();
        // Something may have waited for this place.
        loop.wake();
    }

    private Uni<Void> deliver(ClaimedMessage message) {
        Instant startedAt = clock.instant();
        return Uni.createFrom()
                .deferred(() -> message.channel() == Channel.EMAIL ? email.deliver(message) : webhooks.deliver(message))
                .ifNoItem()
                .after(config.timeout())
                .fail()
                .onFailure()
                .recoverWithItem(failure -> DeliveryResult.unanswered(reason(failure), true, startedAt))
                .chain(result -> finish(message, result));
    }

    private Uni<Void> finish(ClaimedMessage message, DeliveryResult result) {
        Optional<Duration> wait = result.worthRetrying()
                ? backoff.after(message.tries(), ThreadLocalRandom.current().nextDouble())
                : Optional.empty();
        Optional<Duration> next = wait.map(own -> result.earliest()
                .map(earliest -> Duration.between(clock.instant(), earliest))
                .filter(asked -> own.compareTo(asked) < 0)
                .orElse(own));
        return queue.finish(message, result, next)
                .invoke(counted -> {
                    if (!counted) {
                        return;
                    }
                    attempts.count(message.channel(), result, wait.isPresent());
                    if (result.handedOver()) {
                        sent.increment();
                    }
                    if (result.delivered()) {
                        delivered.increment();
                    }
                    next.ifPresent(time -> vertx.setTimer(Math.max(1, time.toMillis() + 1), _ -> loop.wake()));
                })
                .replaceWithVoid();
    }

    private String reason(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return "no answer within " + config.timeout().toSeconds() + " s";
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}

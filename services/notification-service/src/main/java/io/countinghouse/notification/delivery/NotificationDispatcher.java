package io.countinghouse.notification.delivery;

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
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Works through the queue. {@code notification_sent_total} counts messages that a transport took (the SMTP server accepted
 * it, the endpoint answered, whatever it answered); {@code notification_delivered_total} those whose receiver confirmed it
 * (accepted by SMTP, or answered with 2xx).
 */
@ApplicationScoped
class NotificationDispatcher {

    private static final Logger LOG = Logger.getLogger(NotificationDispatcher.class);

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
    private final AtomicBoolean claiming = new AtomicBoolean();
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile long timer = -1;

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
    }

    void start(@Observes StartupEvent event) {
        timer = vertx.setPeriodic(config.pollInterval().toMillis(), id -> wake());
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(timer);
    }

    /** Claims as much as there is room for; what is slow holds its own place and nobody else's. */
    private void wake() {
        int room = config.concurrency() - underWay.get();
        if (room > 0 && claiming.compareAndSet(false, true)) {
            onOwnContext(
                    Uni.createFrom()
                            .deferred(() -> queue.claim(room, config.lease()))
                            .invoke(messages -> messages.forEach(this::begin))
                            .replaceWithVoid(),
                    () -> claiming.set(false));
        }
    }

    private void begin(ClaimedMessage message) {
        underWay.incrementAndGet();
        onOwnContext(deliver(message), underWay::decrementAndGet);
    }

    /** Work is done side by side, and a Vert.x context holds one database session: each piece gets its own. */
    private void onOwnContext(Uni<Void> work, Runnable afterwards) {
        Context own = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
        // Nothing else runs on this context, which is what Panache asks to be told.
        VertxContextSafetyToggle.setContextSafe(own, true);
        own.runOnContext(ignored -> work.subscribe().with(done -> afterwards.run(), failure -> {
            // The database is away or starting: what was claimed is due again after its lease.
            LOG.debugf(failure, "the queue cannot be worked through just now");
            afterwards.run();
        }));
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
        Optional<Instant> next = result.worthRetrying()
                ? backoff.after(message.tries(), ThreadLocalRandom.current().nextDouble())
                        .map(clock.instant()::plus)
                : Optional.empty();
        return queue.finish(message, result, next)
                .invoke(counted -> {
                    if (counted) {
                        attempts.count(message.channel(), result, next.isPresent());
                    }
                    if (counted && result.handedOver()) {
                        sent.increment();
                    }
                    if (counted && result.delivered()) {
                        delivered.increment();
                    }
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

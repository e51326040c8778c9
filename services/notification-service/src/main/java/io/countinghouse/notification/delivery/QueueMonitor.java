package io.countinghouse.notification.delivery;

import io.countinghouse.defaults.work.Turns;
import io.countinghouse.notification.message.NotificationQueue;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * {@code notification_queued}, messages that nobody is trying to deliver just now; and {@code notification_oldest_due_seconds},
 * for how long the one that has been due longest has waited: what to add processes by.
 */
@ApplicationScoped
class QueueMonitor {

    private final NotificationQueue queue;
    private final Turns turns;
    private volatile double queued;
    private volatile double oldestDueSeconds;

    QueueMonitor(NotificationQueue queue, Turns turns, MeterRegistry metrics) {
        this.queue = queue;
        this.turns = turns;
        Gauge.builder("notification.queued", () -> queued).register(metrics);
        Gauge.builder("notification.oldest.due.seconds", () -> oldestDueSeconds).register(metrics);
    }

    // The time between two scrapes.
    @Scheduled(every = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> everyFewSeconds() {
        return turns.measured("notification-queue", Duration.ofSeconds(15), _ -> found())
                .invoke(this::publish)
                .replaceWithVoid();
    }

    Uni<Void> measure() {
        return found().invoke(this::publish).replaceWithVoid();
    }

    private Uni<JsonObject> found() {
        return queue.backlog()
                .map(backlog -> new JsonObject()
                        .put("queued", backlog.queued())
                        .put("oldest_due_seconds", backlog.oldestDueSeconds()));
    }

    private void publish(JsonObject found) {
        if (found != null) {
            queued = found.getDouble("queued");
            oldestDueSeconds = Math.max(0, found.getDouble("oldest_due_seconds"));
        }
    }
}

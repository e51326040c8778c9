package io.countinghouse.defaults.event;

import io.countinghouse.defaults.event.OutboxRepository.Letter;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.countinghouse.defaults.work.Turns;
import io.countinghouse.defaults.work.WorkLoop;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/**
 * Delivers what the outbox holds: when it was committed here, when a retry is due, and now and then what another process
 * left. A letter is leased, sent, and marked; dying between two of these steps sends it again
 * after the lease, and the receiver's inbox drops the second. A receiver that cannot be reached is waited for without
 * end; what it refuses or fails on again and again becomes a dead letter.
 */
@ApplicationScoped
class OutboxDispatcher {

    private static final Logger LOG = Logger.getLogger(OutboxDispatcher.class);

    private final EventsConfig events;
    private final OutboxRepository outbox;
    private final TenantTransaction transaction;
    private final EventReceiver receiver;
    private final Refusals refusals;
    private final Config config;
    private final Turns turns;
    private final String source;
    private final MeterRegistry metrics;
    private final WorkLoop loop;
    private volatile double deadLetters;
    private volatile double pending;
    private volatile double oldestPendingSeconds;

    OutboxDispatcher(
            EventsConfig events,
            OutboxRepository outbox,
            TenantTransaction transaction,
            @RestClient EventReceiver receiver,
            Refusals refusals,
            Config config,
            Turns turns,
            Vertx vertx,
            MeterRegistry metrics,
            @ConfigProperty(name = "quarkus.application.name") String source) {
        this.events = events;
        this.outbox = outbox;
        this.transaction = transaction;
        this.receiver = receiver;
        this.refusals = refusals;
        this.config = config;
        this.turns = turns;
        this.metrics = metrics;
        this.source = source;
        this.loop = new WorkLoop(vertx, "the outbox", events.pollInterval(), events.batchInterval(), this::dispatch);
    }

    void start(@Observes StartupEvent event) {
        Gauge.builder("outbox.dead.letters", () -> deadLetters).register(metrics);
        Gauge.builder("outbox.pending", () -> pending).register(metrics);
        Gauge.builder("outbox.oldest.pending.seconds", () -> oldestPendingSeconds)
                .register(metrics);
        loop.start();
    }

    void stop(@Observes ShutdownEvent event) {
        loop.stop();
    }

    @Scheduled(every = "1h", delayed = "1m")
    Uni<Void> forgetDelivered() {
        return turns.once(
                "outbox-cleaning",
                Duration.ofHours(1),
                () -> transaction.forAllTenants(() -> outbox.forgetDelivered(events.keepDelivered())));
    }

    // A scrape comes every fifteen seconds or thirty; one process reads the table, the others what it found.
    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> measureBacklog() {
        return turns.measured("outbox-backlog", Duration.ofSeconds(5), _ -> backlog())
                .invoke(this::publishBacklog)
                .replaceWithVoid();
    }

    private Uni<JsonObject> backlog() {
        return transaction
                .forAllTenants(outbox::backlog)
                .map(row -> new JsonObject()
                        .put("dead", row[0])
                        .put("pending", row[1])
                        .put("oldest_pending_seconds", row[2]));
    }

    private void publishBacklog(JsonObject backlog) {
        if (backlog != null) {
            deadLetters = backlog.getDouble("dead");
            pending = backlog.getDouble("pending");
            oldestPendingSeconds = Math.max(0, backlog.getDouble("oldest_pending_seconds"));
        }
    }

    /** There is something to deliver; never waits, and may be called from any thread. */
    void wake() {
        loop.wake();
    }

    /** Answers when to look again: at once after a full batch, and when what failed here may be tried again. */
    private Uni<Optional<Duration>> dispatch(Context own) {
        return transaction
                .forAllTenants(() -> outbox.claim(events.batchSize(), events.lease()))
                .chain(letters -> Multi.createFrom()
                        .iterable(letters)
                        .onItem()
                        .transformToUni(this::deliver)
                        .merge(events.concurrency())
                        .collect()
                        .asList())
                // A REST client reports failures on a thread of its own; sessions live on the context's.
                .emitOn(MutinyHelper.executor(own))
                .chain(outcomes -> outcomes.isEmpty()
                        ? Uni.createFrom().item(Optional.empty())
                        : transaction
                                .forAllTenants(() -> {
                                    Uni<Void> all = Uni.createFrom().voidItem();
                                    for (Outcome outcome : outcomes) {
                                        all = all.chain(() -> note(outcome));
                                    }
                                    return all;
                                })
                                .map(_ -> nextLook(outcomes)));
    }

    private Optional<Duration> nextLook(List<Outcome> outcomes) {
        return outcomes.size() == events.batchSize()
                ? Optional.of(Duration.ZERO)
                : outcomes.stream()
                        .filter(outcome -> outcome.error() != null)
                        .map(outcome -> backoff(outcome.letter().attempts()))
                        .min(Comparator.naturalOrder());
    }

    private Uni<Outcome> deliver(Letter letter) {
        CloudEvent event = letter.event();
        CloudEvent stamped = new CloudEvent(
                event.specVersion(),
                event.id(),
                source,
                event.type(),
                event.subject(),
                event.time(),
                event.dataContentType(),
                event.tenantId(),
                event.correlationId(),
                event.traceParent(),
                event.data());
        String url = config.getValue("countinghouse.services." + letter.destination() + ".url", String.class);
        return Uni.createFrom()
                .deferred(traceOf(event).wrapSupplier(() -> receiver.deliver(url, event.correlationId(), stamped)))
                .map(response -> new Outcome(letter, null, 0))
                .onFailure()
                .recoverWithItem(failure -> new Outcome(letter, refusals.reason(failure), statusOf(failure)));
    }

    private Uni<Void> note(Outcome outcome) {
        Letter letter = outcome.letter();
        if (outcome.error() == null) {
            return outbox.delivered(letter.id());
        }
        if (letter.attempts() >= mostAttempts(outcome.status())) {
            LOG.errorf(
                    "event %s (%s) to %s is a dead letter after %d attempts, status %d: its last_error says why",
                    letter.event().id(),
                    letter.event().type(),
                    letter.destination(),
                    letter.attempts(),
                    outcome.status());
            return outbox.dead(letter.id(), outcome.error());
        }
        return outbox.retryAfter(letter.id(), backoff(letter.attempts()), outcome.error());
    }

    private int mostAttempts(int status) {
        return switch (status) {
            // Not the event's fault: unreachable, not yet authorised, asked to slow down.
            case 0, 401, 403, 408, 425, 429, 503 -> Integer.MAX_VALUE;
            default -> status >= 500 ? events.attemptsWhenFailing() : events.attemptsWhenRefused();
        };
    }

    private Duration backoff(int attempts) {
        Duration wait = events.firstBackoff().multipliedBy(1L << Math.min(attempts - 1, 10));
        return wait.compareTo(events.longestBackoff()) < 0 ? wait : events.longestBackoff();
    }

    private static int statusOf(Throwable failure) {
        return failure instanceof WebApplicationException http
                ? http.getResponse().getStatus()
                : 0;
    }

    /** Puts the sending request's trace back in place, so that the receiver's spans hang under it. */
    private static io.opentelemetry.context.Context traceOf(CloudEvent event) {
        if (event.traceParent() == null) {
            return io.opentelemetry.context.Context.root();
        }
        return W3CTraceContextPropagator.getInstance()
                .extract(
                        io.opentelemetry.context.Context.root(),
                        Map.of("traceparent", event.traceParent()),
                        new MapGetter());
    }

    private static final class MapGetter implements TextMapGetter<Map<String, String>> {
        @Override
        public Iterable<String> keys(Map<String, String> carrier) {
            return carrier.keySet();
        }

        @Override
        public String get(Map<String, String> carrier, String key) {
            return carrier.get(key);
        }
    }

    /** @param status the answer's HTTP status, 0 when there was no answer */
    private record Outcome(Letter letter, String error, int status) {}
}

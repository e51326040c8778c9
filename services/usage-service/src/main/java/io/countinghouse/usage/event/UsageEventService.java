package io.countinghouse.usage.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.problem.FieldError;
import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.defaults.tenancy.Caller;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.countinghouse.defaults.time.Ids;
import io.countinghouse.usage.meter.Meter;
import io.countinghouse.usage.meter.MeterRepository;
import io.countinghouse.usage.trail.AuditEventService;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Rules of usage events: a request is taken whole or not at all; what cannot be measured is refused. */
@ApplicationScoped
class UsageEventService {

    /** Clocks of senders run ahead by minutes; a day more than that is a mistake that would be billed late. */
    private static final Duration FURTHEST_AHEAD = Duration.ofDays(1);

    private final UsageEventRepository events;
    private final MeterRepository meters;
    private final TenantTransaction transaction;
    private final AuditEventService trail;
    private final Caller caller;
    private final ObjectMapper json;
    private final Clock clock;

    UsageEventService(
            UsageEventRepository events,
            MeterRepository meters,
            TenantTransaction transaction,
            AuditEventService trail,
            Caller caller,
            ObjectMapper json,
            Clock clock) {
        this.events = events;
        this.meters = meters;
        this.transaction = transaction;
        this.trail = trail;
        this.caller = caller;
        this.json = json;
        this.clock = clock;
    }

    Uni<RecordedUsageView> record(List<RecordUsageRequest> requests) {
        Map<UUID, List<RecordUsageRequest>> byTenant = requests.stream()
                .collect(Collectors.groupingBy(
                        request -> caller.tenantId(request.tenantId()), LinkedHashMap::new, Collectors.toList()));
        return transaction.asCaller(() -> {
            Uni<Integer> taken = refuseUnmeasurable(requests).replaceWith(0);
            for (Map.Entry<UUID, List<RecordUsageRequest>> each : byTenant.entrySet()) {
                taken = taken.chain(
                        before -> take(each.getKey(), each.getValue()).map(now -> before + now));
            }
            return taken.map(accepted -> new RecordedUsageView(accepted, requests.size() - accepted));
        });
    }

    /** For events that this service makes itself from what others tell it; needs a running transaction. */
    Uni<Integer> take(UUID tenant, List<RecordUsageRequest> requests) {
        Instant now = clock.instant();
        return events.take(tenant, batch(requests, now), now)
                .call(accepted -> accepted == 0
                        ? Uni.createFrom().voidItem()
                        : trail.record(
                                "usage.recorded",
                                "usage_event",
                                requests.getFirst().id(),
                                tenant,
                                Map.of(
                                        "accepted",
                                        accepted,
                                        "duplicates",
                                        requests.size() - accepted,
                                        "source",
                                        requests.getFirst().source())));
    }

    Uni<Void> voidEvent(UUID id, VoidUsageRequest request) {
        return transaction.asCaller(() -> events.findById(id).chain(event -> {
            // The query above sees what row-level security shows; the caller's tenant is checked here as well.
            if (event == null || !isVisible(event.tenantId())) {
                throw ProblemException.notFound("usage event", id);
            }
            return events.voidEvent(event, request.reason(), clock.instant()).chain(voided -> {
                if (!voided) {
                    throw ProblemException.conflict(
                            "usage-event-voided", "The usage event '" + id + "' is voided already.");
                }
                return trail.record(
                        "usage.voided", "usage_event", id, event.tenantId(), Map.of("reason", request.reason()));
            });
        }));
    }

    Uni<CutoffView> cutoff(UUID named) {
        UUID tenant = caller.tenantId(named);
        return transaction.asCaller(() -> events.cutoff(tenant)).map(position -> new CutoffView(position.toString()));
    }

    Uni<Page<UsageEventView>> list(UsageEventQuery query) {
        return transaction
                .asCaller(() -> meterExists(query.meter()).chain(() -> events.page(query)))
                .map(found -> Page.of(found, query.most() - 1, UsageEventView::sequence));
    }

    private boolean isVisible(UUID tenant) {
        return caller.isAboveTenants() || caller.tenantId().equals(tenant);
    }

    private Uni<Void> meterExists(String key) {
        return key == null
                ? Uni.createFrom().voidItem()
                : meters.findByKey(key)
                        .invoke(meter -> {
                            if (meter == null) {
                                throw ProblemException.notFound("meter", key);
                            }
                        })
                        .replaceWithVoid();
    }

    private Uni<Void> refuseUnmeasurable(List<RecordUsageRequest> requests) {
        Set<String> types = requests.stream().map(RecordUsageRequest::type).collect(Collectors.toSet());
        return meters.ofTypes(types)
                .invoke(found -> {
                    Map<String, List<Meter>> byType = found.stream().collect(Collectors.groupingBy(Meter::eventType));
                    List<FieldError> errors = new ArrayList<>();
                    Instant latest = clock.instant().plus(FURTHEST_AHEAD);
                    for (int i = 0; i < requests.size(); i++) {
                        String at = requests.size() == 1 ? "" : "[" + i + "].";
                        RecordUsageRequest request = requests.get(i);
                        if (request.time() != null && request.time().isAfter(latest)) {
                            errors.add(new FieldError(
                                    at + "time", "'" + request.time() + "' is more than a day in the future"));
                        }
                        for (Meter meter : byType.getOrDefault(request.type(), List.of())) {
                            meter.refuses(request.data())
                                    .ifPresent(rule -> errors.add(new FieldError(at + "data", rule)));
                        }
                    }
                    if (!errors.isEmpty()) {
                        throw new ProblemException(
                                422,
                                "usage-not-measurable",
                                "Unprocessable content",
                                "No event was taken: " + errors.getFirst().field() + ": "
                                        + errors.getFirst().detail() + ".",
                                errors.subList(0, Math.min(errors.size(), 100)));
                    }
                })
                .replaceWithVoid();
    }

    private String batch(List<RecordUsageRequest> requests, Instant now) {
        ArrayNode batch = json.createArrayNode();
        for (RecordUsageRequest request : requests) {
            ObjectNode event = batch.addObject()
                    .put("id", Ids.next().toString())
                    .put("source", request.source())
                    .put("event_id", request.id())
                    .put("type", request.type())
                    .put("subject", request.subject())
                    .put("time", (request.time() == null ? now : request.time()).toString());
            event.set("data", request.data());
        }
        try {
            return json.writeValueAsString(batch);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}

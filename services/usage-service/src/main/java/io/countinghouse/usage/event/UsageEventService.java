package io.countinghouse.usage.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.problem.FieldError;
import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.defaults.security.Roles;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Rules of usage events: a request is taken whole or not at all; what cannot be measured is refused; who is billed does
 * not write the meter, or only under a name of its own.
 */
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
    private final UsageConfig config;

    UsageEventService(
            UsageEventRepository events,
            MeterRepository meters,
            TenantTransaction transaction,
            AuditEventService trail,
            Caller caller,
            ObjectMapper json,
            Clock clock,
            UsageConfig config) {
        this.events = events;
        this.meters = meters;
        this.transaction = transaction;
        this.trail = trail;
        this.caller = caller;
        this.json = json;
        this.clock = clock;
        this.config = config;
    }

    Uni<RecordedUsageView> record(List<RecordUsageRequest> sent) {
        boolean selfReported = isCustomer();
        requireSelfReporting(selfReported);
        List<RecordUsageRequest> requests = selfReported
                ? sent.stream().map(RecordUsageRequest::selfReported).toList()
                : sent;
        // In the order of tenants: two requests for the same tenants wait for each other and never in a circle.
        Map<UUID, List<RecordUsageRequest>> byTenant = requests.stream()
                .collect(Collectors.groupingBy(
                        request -> caller.tenantId(request.tenantId()), TreeMap::new, Collectors.toList()));
        return transaction.asCaller(() -> {
            Uni<Integer> taken = Uni.createFrom().item(0);
            for (UUID tenant : byTenant.keySet()) {
                taken = taken.chain(() -> events.lockShared(tenant)).replaceWith(0);
            }
            taken = taken.chain(() -> refuseUnmeasurable(requests, selfReported))
                    .replaceWith(0);
            for (Map.Entry<UUID, List<RecordUsageRequest>> each : byTenant.entrySet()) {
                taken = taken.chain(before ->
                        take(each.getKey(), selfReported, each.getValue()).map(now -> before + now));
            }
            return taken.map(accepted -> new RecordedUsageView(accepted, requests.size() - accepted));
        });
    }

    /** For events that this service makes itself from what others tell it; needs a running transaction. */
    Uni<Integer> take(UUID tenant, List<RecordUsageRequest> requests) {
        return events.lockShared(tenant).chain(() -> take(tenant, false, requests));
    }

    private Uni<Integer> take(UUID tenant, boolean selfReported, List<RecordUsageRequest> requests) {
        Instant now = clock.instant();
        RecordUsageRequest first = requests.getFirst();
        return events.take(tenant, selfReported, batch(requests, now), now)
                .call(accepted -> accepted == 0
                        ? Uni.createFrom().voidItem()
                        : trail.record(
                                "usage.recorded",
                                "usage_event",
                                first.id(),
                                tenant,
                                Map.of(
                                        "accepted",
                                        accepted,
                                        "duplicates",
                                        requests.size() - accepted,
                                        "source",
                                        first.source(),
                                        "event_id",
                                        first.id(),
                                        "self_reported",
                                        selfReported)));
    }

    Uni<Void> voidEvent(UUID id, VoidUsageRequest request) {
        boolean customer = isCustomer();
        return transaction.asCaller(() -> events.findById(id).chain(event -> {
            // The query above sees what row-level security shows; the caller's tenant is checked here as well.
            if (event == null || !isVisible(event.tenantId())) {
                throw ProblemException.notFound("usage event", id);
            }
            requireSelfReporting(customer);
            if (customer && !event.isSelfReported()) {
                throw ProblemException.forbidden("The usage event '" + id
                        + "' is the operator's; a customer voids only what it reported itself.");
            }
            return events.lockShared(event.tenantId())
                    .chain(() -> events.voidEvent(event, request.reason(), clock.instant()))
                    .chain(voided -> {
                        if (!voided) {
                            throw ProblemException.conflict(
                                    "usage-event-voided", "The usage event '" + id + "' is voided already.");
                        }
                        return trail.record(
                                "usage.voided",
                                "usage_event",
                                id,
                                event.tenantId(),
                                Map.of("reason", request.reason()));
                    });
        }));
    }

    /** Who is billed: people of a tenant, and machines that the tenant made itself. */
    private boolean isCustomer() {
        return !caller.isOperator() && !caller.isService() && !caller.roles().contains(Roles.USAGE_WRITE);
    }

    private void requireSelfReporting(boolean customer) {
        if (customer && !config.selfReporting()) {
            throw ProblemException.forbidden("Usage is recorded and voided by the operator, its service accounts with "
                    + Roles.USAGE_WRITE + " and the product's services; this installation does not let customers"
                    + " report their own (countinghouse.usage.self-reporting is false).");
        }
    }

    Uni<CutoffView> cutoff(UUID named) {
        UUID tenant = caller.tenantId(named);
        return transaction.asCaller(() -> events.cutoff(tenant)).map(position -> new CutoffView(position.toString()));
    }

    Uni<Page<UsageEventView>> list(UsageEventQuery query) {
        return transaction
                .asCaller(() -> meterExists(query.meter()).chain(() -> events.page(query)))
                .map(found -> Page.of(
                        found,
                        query.most() - 1,
                        event -> query.order() == EventOrder.ACCEPTANCE
                                ? event.sequence()
                                : event.id().toString()));
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

    private Uni<Void> refuseUnmeasurable(List<RecordUsageRequest> requests, boolean selfReported) {
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
                        if (!selfReported && request.isInNameOfCustomer()) {
                            errors.add(new FieldError(
                                    at + "source",
                                    "'" + request.source() + "' begins with '" + RecordUsageRequest.SELF_REPORTED
                                            + "', which is kept for what customers report themselves"));
                        }
                        for (Meter meter : byType.getOrDefault(request.type(), List.of())) {
                            meter.refuses(request.data(), selfReported)
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

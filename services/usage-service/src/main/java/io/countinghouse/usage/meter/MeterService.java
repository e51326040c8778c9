package io.countinghouse.usage.meter;

import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.page.PageRequest;
import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.countinghouse.usage.trail.AuditEventService;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;

/** Rules of meters: a key is given once, and the past is measured too. */
@ApplicationScoped
class MeterService {

    private final MeterRepository meters;
    private final TenantTransaction transaction;
    private final AuditEventService trail;
    private final Clock clock;

    MeterService(MeterRepository meters, TenantTransaction transaction, AuditEventService trail, Clock clock) {
        this.meters = meters;
        this.transaction = transaction;
        this.trail = trail;
        this.clock = clock;
    }

    Uni<MeterView> define(CreateMeterRequest request) {
        return transaction.asCaller(() -> meters.lockOutNewEvents()
                .chain(() -> meters.findByKey(request.key()))
                .chain(existing -> {
                    if (existing != null) {
                        throw ProblemException.conflict(
                                "meter-exists",
                                "There is a meter '" + request.key() + "' already; a meter never changes.");
                    }
                    return meters.persistAndFlush(Meter.define(request, clock.instant()));
                })
                .call(meter -> meters.measurePast(meter).invoke(meter::leaveOut))
                .call(meter -> trail.record(
                        "meter.created",
                        "meter",
                        meter.id(),
                        null,
                        Map.of("key", meter.key(), "unmeasured_events", meter.unmeasuredEvents())))
                .map(Meter::view));
    }

    Uni<Page<MeterView>> list(PageRequest page) {
        return transaction
                .asCaller(() -> meters.page(page.afterText().orElse(""), page.limit() + 1))
                .map(found -> Page.of(found, page.limit(), Meter::key).map(Meter::view));
    }

    Uni<MeterView> get(String key) {
        return transaction.asCaller(() -> meters.findByKey(key)).map(meter -> {
            if (meter == null) {
                throw ProblemException.notFound("meter", key);
            }
            return meter.view();
        });
    }
}

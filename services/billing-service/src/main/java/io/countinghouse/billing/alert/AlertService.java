package io.countinghouse.billing.alert;

import io.countinghouse.defaults.audit.AuditTrail;
import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.page.PageRequest;
import io.countinghouse.defaults.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;

/** Rules of alerts. Every method joins the transaction of its caller. */
@ApplicationScoped
class AlertService {
    private final AlertRepository alerts;
    private final AuditTrail audit;
    private final Clock clock;

    AlertService(AlertRepository alerts, AuditTrail audit, Clock clock) {
        this.alerts = alerts;
        this.audit = audit;
        this.clock = clock;
    }

    Uni<AlertView> create(UUID tenantId, CreateAlertRequest request) {
        return alerts.persistAndFlush(UsageAlert.create(tenantId, request, clock.instant()))
                .call(alert -> audit.record(
                        "alert.created",
                        "usage_alert",
                        alert.id(),
                        tenantId,
                        Map.of("meter", request.meter(), "threshold", request.threshold())))
                .map(UsageAlert::toView);
    }

    Uni<AlertView> get(UUID id) {
        return require(id).map(UsageAlert::toView);
    }

    Uni<Page<AlertView>> page(UUID tenantId, PageRequest page) {
        return alerts.page(tenantId, page.afterId().orElse(null), page.limit())
                .map(rows -> Page.of(rows, page.limit(), alert -> alert.id().toString())
                        .map(UsageAlert::toView));
    }

    /** Kept in the database: what it fired stays explained. */
    Uni<Void> delete(UUID id) {
        return require(id)
                .invoke(alert -> alert.deleteAt(clock.instant()))
                .call(alerts::flush)
                .chain(alert -> audit.record("alert.deleted", "usage_alert", id, alert.tenantId(), Map.of()));
    }

    private Uni<UsageAlert> require(UUID id) {
        return alerts.findById(id)
                .map(alert -> alert == null || alert.isDeleted() ? null : alert)
                .onItem()
                .ifNull()
                .failWith(() -> ProblemException.notFound("alert", id));
    }
}

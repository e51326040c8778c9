package io.countinghouse.billing.period;

import io.countinghouse.defaults.audit.AuditTrail;
import io.countinghouse.defaults.event.DomainEvent;
import io.countinghouse.defaults.event.Outbox;
import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.page.PageRequest;
import io.countinghouse.defaults.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Rules of blocked charges. Every method joins the transaction of its caller. */
@ApplicationScoped
class BlockedCharges {
    private static final Logger LOG = Logger.getLogger(BlockedCharges.class);

    private final BlockedChargeRepository charges;
    private final Outbox outbox;
    private final AuditTrail audit;
    private final Clock clock;

    BlockedCharges(BlockedChargeRepository charges, Outbox outbox, AuditTrail audit, Clock clock) {
        this.charges = charges;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
    }

    /** Keeps what the bill left out, and tells the operator. */
    Uni<Void> block(BillingPeriod period, Bill bill) {
        if (bill.blocked().isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<BlockedCharge> made = bill.blocked().stream()
                .map(blocked -> BlockedCharge.of(period, blocked, clock.instant()))
                .toList();
        for (BlockedCharge charge : made) {
            LOG.warnf(
                    "price '%s' of period %s was left out of its bill: %s",
                    charge.description(), period.id(), charge.reason());
        }
        ChargesBlocked news = new ChargesBlocked(
                period.id(),
                period.subscriptionId(),
                period.tenantId(),
                bill.party().customer().name(),
                bill.plan().code(),
                period.periodStart(),
                period.periodEnd(),
                made.stream()
                        .map(charge -> new ChargesBlocked.Charge(
                                charge.id(), charge.description(), charge.meter(), charge.reason()))
                        .toList());
        return charges.persist(made)
                .chain(charges::flush)
                .chain(() -> outbox.publish(new DomainEvent(
                        ChargesBlocked.TYPE, period.tenantId(), period.id().toString(), news)));
    }

    Uni<Page<BlockedChargeView>> page(UUID tenantId, String state, PageRequest page) {
        return charges.page(tenantId, state, page.afterId().orElse(null), page.limit())
                .map(rows ->
                        Page.of(rows, page.limit(), row -> row.id().toString()).map(BlockedCharge::toView));
    }

    /** What is blocked of a period; a period with nothing blocked has no supplement (409). */
    Uni<List<BlockedCharge>> requireBlocked(UUID periodId) {
        return charges.blockedOf(periodId).invoke(found -> refuseNone(periodId, found));
    }

    /** As {@link #requireBlocked}, and nobody else resolves them before the transaction has ended. */
    Uni<List<BlockedCharge>> lockBlocked(UUID periodId) {
        return charges.lockBlockedOf(periodId).invoke(found -> refuseNone(periodId, found));
    }

    /** Gives the charge up: it is never billed. */
    Uni<BlockedChargeView> waive(UUID id, String why) {
        return charges.lock(id)
                .onItem()
                .ifNull()
                .failWith(() -> ProblemException.notFound("blocked charge", id))
                .invoke(charge -> {
                    if (!charge.isBlocked()) {
                        throw ProblemException.conflict(
                                "charge-not-blocked",
                                "Charge '" + id + "' is not blocked any more; what was billed is credited by a credit"
                                        + " note.");
                    }
                    charge.waive(why, clock.instant());
                })
                .call(charges::flush)
                .call(charge -> audit.record(
                        "blocked_charge.waived", "blocked_charge", id, charge.tenantId(), Map.of("reason", why)))
                .map(BlockedCharge::toView);
    }

    private static void refuseNone(UUID periodId, List<BlockedCharge> found) {
        if (found.isEmpty()) {
            throw ProblemException.conflict(
                    "nothing-blocked", "No charge of period '" + periodId + "' is blocked: there is nothing to bill.");
        }
    }
}

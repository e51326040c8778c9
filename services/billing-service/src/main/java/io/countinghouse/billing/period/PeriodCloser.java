package io.countinghouse.billing.period;

import io.countinghouse.billing.charge.Charging;
import io.countinghouse.billing.ledger.Ledger;
import io.countinghouse.billing.ledger.LedgerEntry;
import io.countinghouse.billing.plan.PricedPlan;
import io.countinghouse.billing.profile.ProfileService;
import io.countinghouse.billing.rating.UnratableUsageException;
import io.countinghouse.billing.subscription.Subscriptions;
import io.countinghouse.billing.subscription.Timeline;
import io.countinghouse.billing.usage.UsageReader;
import io.countinghouse.defaults.audit.AuditTrail;
import io.countinghouse.defaults.event.DomainEvent;
import io.countinghouse.defaults.event.Outbox;
import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Bills periods that have ended, one after the other. Usage is read and rated between two transactions: the first
 * reads what is due, the second stores the bill, if the subscription is still what was read. Closing again, from
 * anywhere, at any time, therefore bills nothing twice.
 */
@ApplicationScoped
class PeriodCloser {
    private final TenantTransaction transaction;
    private final Subscriptions subscriptions;
    private final Charging charging;
    private final ProfileService profiles;
    private final UsageReader usage;
    private final BillingPeriodRepository periods;
    private final BillingLineRepository lines;
    private final BlockedCharges blockedCharges;
    private final Ledger ledger;
    private final Outbox outbox;
    private final AuditTrail audit;
    private final Clock clock;

    PeriodCloser(
            TenantTransaction transaction,
            Subscriptions subscriptions,
            Charging charging,
            ProfileService profiles,
            UsageReader usage,
            BillingPeriodRepository periods,
            BillingLineRepository lines,
            BlockedCharges blockedCharges,
            Ledger ledger,
            Outbox outbox,
            AuditTrail audit,
            Clock clock) {
        this.transaction = transaction;
        this.subscriptions = subscriptions;
        this.charging = charging;
        this.profiles = profiles;
        this.usage = usage;
        this.periods = periods;
        this.lines = lines;
        this.blockedCharges = blockedCharges;
        this.ledger = ledger;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
    }

    /** Closes each period that ended at {@code upTo} or before it, and answers those that this call closed. */
    Uni<List<PeriodDocument>> close(UUID subscriptionId, Instant upTo) {
        return close(subscriptionId, upTo, new ArrayList<>());
    }

    private Uni<List<PeriodDocument>> close(UUID subscriptionId, Instant upTo, List<PeriodDocument> closed) {
        return transaction
                .forAllTenants(() -> read(subscriptionId, upTo))
                .chain(due -> due == null
                        ? Uni.createFrom().item(closed)
                        : rate(due).chain(this::store).chain(document -> {
                            if (document != null) {
                                closed.add(document);
                            }
                            return close(subscriptionId, upTo, closed);
                        }));
    }

    /** The next period that is due, with all that is needed to rate it but its usage; null when none is. */
    private Uni<Bill> read(UUID subscriptionId, Instant upTo) {
        return subscriptions.billable(subscriptionId).chain(subscription -> {
            Timeline.Period span = subscription
                    .nextPeriod()
                    .filter(next -> !next.end().isAfter(upTo))
                    .orElse(null);
            if (span == null) {
                return Uni.createFrom().nullItem();
            }
            return charging.partsAround(subscription.timeline(), span)
                    .chain(parts -> profiles.billedParty(subscription.tenantId(), span.end())
                            .map(party -> Bill.unrated(
                                    subscription,
                                    parts,
                                    null,
                                    party,
                                    parts.plan().items())));
        });
    }

    /** Rates each price; one that cannot be rated is set aside, so that it holds up no other. */
    Uni<Bill> rate(Bill due) {
        Uni<String> cutoff =
                due.metered() ? usage.cutoff(due.tenantId()) : Uni.createFrom().nullItem();
        return cutoff.chain(at -> {
            List<Bill.Charged> charged = new ArrayList<>();
            List<Bill.Blocked> blocked = new ArrayList<>();
            Uni<Void> all = Uni.createFrom().voidItem();
            for (PricedPlan.Item item : due.items()) {
                all = all.chain(() -> charging.charge(due.tenantId(), due.parts(), item, at)
                        .invoke(charge -> charged.add(new Bill.Charged(item, charge)))
                        .replaceWithVoid()
                        .onFailure(PeriodCloser::isOfThePrice)
                        .recoverWithUni(e -> {
                            blocked.add(new Bill.Blocked(item, e.getMessage()));
                            return Uni.createFrom().voidItem();
                        }));
            }
            return all.replaceWith(() -> due.rated(at, charged, blocked));
        });
    }

    /** Trying again changes nothing before somebody mends usage or meter; all else is left to the next round. */
    private static boolean isOfThePrice(Throwable failure) {
        return failure instanceof UnratableUsageException
                || failure instanceof ProblemException problem && problem.slug().equals(UsageReader.METER_UNKNOWN);
    }

    /** Null when the subscription changed since it was read, or somebody else closed the period. */
    private Uni<PeriodDocument> store(Bill bill) {
        return transaction.forTenant(
                bill.tenantId(),
                () -> subscriptions
                        .markClosed(bill.subscription(), bill.span())
                        .chain(first -> first ? persist(bill) : Uni.createFrom().nullItem()));
    }

    /** The bill, its ledger entries and its event, in the caller's transaction; what is blocked is announced. */
    Uni<PeriodDocument> persist(Bill bill) {
        Instant now = clock.instant();
        BillingPeriod period = BillingPeriod.close(bill, now);
        List<BillingLine> made = bill.charged().stream()
                .map(line -> BillingLine.of(period, bill, line))
                .toList();
        PeriodDocument document = period.toDocument(made);
        UUID tenantId = bill.tenantId();
        return periods.persistAndFlush(period)
                .chain(() -> made.isEmpty() ? Uni.createFrom().voidItem() : lines.persist(made))
                .chain(lines::flush)
                .chain(() -> bill.supplementOf() == null
                        ? blockedCharges.block(period, bill)
                        : Uni.createFrom().voidItem())
                .chain(() -> ledger.append(tenantId, entries(document)))
                .chain(() -> made.isEmpty()
                        // Nothing of it could be rated: there is nothing to invoice yet.
                        ? Uni.createFrom().voidItem()
                        : outbox.publish(new DomainEvent(
                                PeriodDocument.CLOSED,
                                tenantId,
                                document.periodId().toString(),
                                document)))
                .chain(() -> audit.record(
                        "period.closed",
                        "billing_period",
                        document.periodId(),
                        tenantId,
                        Map.of(
                                "subscription_id", document.subscriptionId().toString(),
                                "period_start", document.periodStart().toString(),
                                "net", document.net().toString())))
                .replaceWith(document);
    }

    /** The lines, then their sum: charges become owed by the invoice that is made of them, not here. */
    private static List<LedgerEntry> entries(PeriodDocument document) {
        List<LedgerEntry> entries = new ArrayList<>();
        for (PeriodDocument.Line line : document.lines()) {
            entries.add(new LedgerEntry(
                    "period_charge",
                    document.subscriptionId(),
                    document.periodId(),
                    line.amount(),
                    Map.of("position", Integer.toString(line.position()), "description", line.description())));
        }
        entries.add(new LedgerEntry(
                "period_closed",
                document.subscriptionId(),
                document.periodId(),
                document.net(),
                Map.of(
                        "period_start", document.periodStart().toString(),
                        "period_end", document.periodEnd().toString())));
        return entries;
    }
}

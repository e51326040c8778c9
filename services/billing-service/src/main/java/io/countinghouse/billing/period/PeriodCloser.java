package io.countinghouse.billing.period;

import io.countinghouse.billing.ledger.Ledger;
import io.countinghouse.billing.ledger.LedgerEntry;
import io.countinghouse.billing.plan.PlanService;
import io.countinghouse.billing.plan.PricedPlan;
import io.countinghouse.billing.profile.BilledParty;
import io.countinghouse.billing.profile.ProfileService;
import io.countinghouse.billing.rating.Charge;
import io.countinghouse.billing.rating.Rating;
import io.countinghouse.billing.rating.UnratableUsageException;
import io.countinghouse.billing.subscription.BillableSubscription;
import io.countinghouse.billing.subscription.Subscriptions;
import io.countinghouse.billing.subscription.Timeline;
import io.countinghouse.billing.usage.MeteredSpan;
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
    private final PlanService plans;
    private final ProfileService profiles;
    private final UsageReader usage;
    private final BillingPeriodRepository periods;
    private final BillingLineRepository lines;
    private final Ledger ledger;
    private final Outbox outbox;
    private final AuditTrail audit;
    private final Clock clock;

    PeriodCloser(
            TenantTransaction transaction,
            Subscriptions subscriptions,
            PlanService plans,
            ProfileService profiles,
            UsageReader usage,
            BillingPeriodRepository periods,
            BillingLineRepository lines,
            Ledger ledger,
            Outbox outbox,
            AuditTrail audit,
            Clock clock) {
        this.transaction = transaction;
        this.subscriptions = subscriptions;
        this.plans = plans;
        this.profiles = profiles;
        this.usage = usage;
        this.periods = periods;
        this.lines = lines;
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
            return plans.version(span.planVersionId())
                    .chain(plan -> profiles.billedParty(subscription.tenantId(), span.end())
                            .map(party -> unrated(subscription, span, plan, party)));
        });
    }

    private static Bill unrated(
            BillableSubscription subscription, Timeline.Period span, PricedPlan plan, BilledParty party) {
        return new Bill(subscription, span, plan, party, null, List.of());
    }

    private Uni<Bill> rate(Bill due) {
        UUID tenantId = due.subscription().tenantId();
        Uni<String> cutoff =
                due.plan().metered() ? usage.cutoff(tenantId) : Uni.createFrom().nullItem();
        return cutoff.chain(at -> {
            MeteredSpan span =
                    new MeteredSpan(tenantId, due.span().start(), due.span().end(), at);
            Uni<List<Charge>> charges = Uni.createFrom().item(new ArrayList<>());
            for (PricedPlan.Item item : due.plan().items()) {
                charges = charges.call(list -> charge(item, span, due.span()).invoke(list::add));
            }
            return charges.map(list -> new Bill(due.subscription(), due.span(), due.plan(), due.party(), at, list));
        });
    }

    private Uni<Charge> charge(PricedPlan.Item item, MeteredSpan span, Timeline.Period period) {
        return usage.read(item.price().model(), item.meter(), span)
                .map(used -> Rating.rate(item.price(), used.over(period.share())))
                .onFailure(UnratableUsageException.class)
                .transform(e -> ProblemException.unprocessable(
                        "usage-unratable", "Price '" + item.name() + "' of " + period.start() + ": " + e.getMessage()));
    }

    /** Null when the subscription changed since it was read, or somebody else closed the period. */
    private Uni<PeriodDocument> store(Bill bill) {
        UUID tenantId = bill.subscription().tenantId();
        return transaction.forTenant(
                tenantId,
                () -> subscriptions
                        .markClosed(bill.subscription(), bill.span())
                        .chain(first -> first ? persist(bill) : Uni.createFrom().nullItem()));
    }

    private Uni<PeriodDocument> persist(Bill bill) {
        BillingPeriod period = BillingPeriod.close(
                bill.subscription(),
                bill.span(),
                bill.plan(),
                bill.party(),
                bill.cutoff(),
                bill.net(),
                clock.instant());
        List<BillingLine> made = new ArrayList<>();
        for (int i = 0; i < bill.charges().size(); i++) {
            made.add(BillingLine.of(
                    period,
                    bill.plan(),
                    bill.plan().items().get(i),
                    bill.charges().get(i)));
        }
        PeriodDocument document = period.toDocument(made);
        UUID tenantId = bill.subscription().tenantId();
        return periods.persistAndFlush(period)
                .chain(() -> lines.persist(made))
                .chain(lines::flush)
                .chain(() -> ledger.append(tenantId, entries(document)))
                .chain(() -> outbox.publish(new DomainEvent(
                        PeriodDocument.CLOSED, tenantId, document.periodId().toString(), document)))
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

package io.countinghouse.billing.period;

import io.countinghouse.billing.profile.BilledParty;
import io.countinghouse.billing.profile.ProfileService;
import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.page.PageRequest;
import io.countinghouse.defaults.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Reading of billed periods. Every method joins the transaction of its caller. */
@ApplicationScoped
class Periods {
    private final BillingPeriodRepository periods;
    private final BillingLineRepository lines;
    private final ProfileService profiles;

    Periods(BillingPeriodRepository periods, BillingLineRepository lines, ProfileService profiles) {
        this.profiles = profiles;
        this.periods = periods;
        this.lines = lines;
    }

    Uni<PeriodDocument> get(UUID id) {
        return periods.findById(id)
                .onItem()
                .ifNull()
                .failWith(() -> ProblemException.notFound("period", id))
                .chain(period -> lines.of(List.of(id)).map(period::toDocument));
    }

    /** The addressee of a period as the profile says now, and the rate of the time of supply, which is its end. */
    Uni<BilledParty> party(UUID id) {
        return periods.findById(id)
                .onItem()
                .ifNull()
                .failWith(() -> ProblemException.notFound("period", id))
                .chain(period -> profiles.billedParty(period.tenantId(), period.periodEnd()));
    }

    Uni<Page<PeriodDocument>> page(UUID tenantId, UUID subscriptionId, PageRequest page) {
        return periods.page(tenantId, subscriptionId, page.afterId().orElse(null), page.limit())
                .chain(rows ->
                        lines.of(rows.stream().map(BillingPeriod::id).toList()).map(found -> documents(rows, found)))
                .map(documents -> Page.of(
                        documents, page.limit(), document -> document.periodId().toString()));
    }

    private static List<PeriodDocument> documents(List<BillingPeriod> rows, List<BillingLine> lines) {
        Map<UUID, List<BillingLine>> byPeriod = lines.stream().collect(Collectors.groupingBy(BillingLine::periodId));
        return rows.stream()
                .map(period -> period.toDocument(byPeriod.getOrDefault(period.id(), List.of())))
                .toList();
    }
}

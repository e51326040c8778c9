package io.countinghouse.usage.stats;

import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.page.PageRequest;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.countinghouse.defaults.work.Turns;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** Measures once a minute, whoever of the processes; that a minute is measured once is the database's promise. */
@ApplicationScoped
class SystemStatsService {

    private final SystemStatsRepository stats;
    private final TenantTransaction transaction;
    private final Clock clock;
    private final Turns turns;

    SystemStatsService(SystemStatsRepository stats, TenantTransaction transaction, Clock clock, Turns turns) {
        this.stats = stats;
        this.transaction = transaction;
        this.clock = clock;
        this.turns = turns;
    }

    @Scheduled(every = "60s")
    Uni<Void> everyMinute() {
        return turns.once("system-stats", Duration.ofMinutes(1), this::measure);
    }

    Uni<Void> measure() {
        return transaction.forAllTenants(() -> stats.measure(clock.instant().truncatedTo(ChronoUnit.MINUTES)));
    }

    Uni<Page<SystemStatsView>> list(PageRequest page) {
        return transaction
                .asCaller(() -> stats.page(page.afterId(), page.limit() + 1))
                .map(found -> Page.of(
                                found, page.limit(), each -> each.view().id().toString())
                        .map(SystemStats::view));
    }
}

package io.countinghouse.billing.ledger;

import io.countinghouse.defaults.page.PageRequest;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/**
 * {@code billing_ledger_drift}: for how many tenants and currencies the ledger says another balance than
 * invoice-service. A movement is written there first and arrives here a moment later, so a difference counts when two
 * rounds in a row find the same one.
 */
@ApplicationScoped
class DriftMonitor {
    private static final Logger LOG = Logger.getLogger(DriftMonitor.class);

    private final TenantTransaction transaction;
    private final BillingEventRepository events;
    private final InvoiceClient invoices;
    private volatile Map<Account, BigDecimal> found = Map.of();
    private volatile Map<Account, BigDecimal> persisted = Map.of();

    DriftMonitor(
            TenantTransaction transaction,
            BillingEventRepository events,
            @RestClient InvoiceClient invoices,
            MeterRegistry metrics) {
        this.transaction = transaction;
        this.events = events;
        this.invoices = invoices;
        Gauge.builder("billing.ledger.drift", () -> persisted.size()).register(metrics);
    }

    private record Account(UUID tenantId, String currency) {}

    @Scheduled(
            every = "${countinghouse.billing.ledger.compare-every}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> everyMinute() {
        return compare()
                .onFailure()
                .invoke(e -> LOG.warnf("the ledger was not compared with invoice-service: %s", e.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    Uni<Void> compare() {
        return differences(null, new HashMap<>())
                .chain(differences -> transaction.forAllTenants(events::owed).map(ledger -> {
                    for (BillingEventRepository.Owed owed : ledger) {
                        add(differences, new Account(owed.tenantId(), owed.currency()), owed.amount());
                    }
                    return differences;
                }))
                .invoke(this::judge)
                .replaceWithVoid();
    }

    private Uni<Map<Account, BigDecimal>> differences(String after, Map<Account, BigDecimal> read) {
        return invoices.balances(PageRequest.MOST, after).chain(page -> {
            for (InvoiceClient.Balance row : page.data()) {
                add(
                        read,
                        new Account(row.tenantId(), row.currency()),
                        row.balance().getAmount().negate());
            }
            return page.next() == null ? Uni.createFrom().item(read) : differences(page.next(), read);
        });
    }

    private void judge(Map<Account, BigDecimal> differences) {
        differences.values().removeIf(difference -> difference.signum() == 0);
        Map<Account, BigDecimal> again = new HashMap<>(differences);
        Map<Account, BigDecimal> before = found;
        again.entrySet()
                .removeIf(entry -> !before.containsKey(entry.getKey())
                        || before.get(entry.getKey()).compareTo(entry.getValue()) != 0);
        again.forEach((account, difference) -> {
            if (!persisted.containsKey(account)) {
                LOG.errorf(
                        "the ledger of tenant %s says %s %s more than its invoices",
                        account.tenantId(), difference.toPlainString(), account.currency());
            }
        });
        found = differences;
        persisted = again;
    }

    private static void add(Map<Account, BigDecimal> sums, Account account, BigDecimal amount) {
        sums.merge(account, amount, BigDecimal::add);
    }
}

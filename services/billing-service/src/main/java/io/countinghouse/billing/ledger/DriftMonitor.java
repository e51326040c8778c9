package io.countinghouse.billing.ledger;

import io.countinghouse.defaults.page.PageRequest;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.countinghouse.defaults.work.Turns;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
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
    private final Turns turns;
    private final String every;
    private volatile JsonObject last;

    DriftMonitor(
            TenantTransaction transaction,
            BillingEventRepository events,
            @RestClient InvoiceClient invoices,
            Turns turns,
            @ConfigProperty(name = "countinghouse.billing.ledger.compare-every") String every,
            MeterRegistry metrics) {
        this.transaction = transaction;
        this.events = events;
        this.invoices = invoices;
        this.turns = turns;
        this.every = every;
        Gauge.builder(
                        "billing.ledger.drift",
                        () -> last == null ? 0 : persisted(last).size())
                .register(metrics);
    }

    private record Account(UUID tenantId, String currency) {

        String key() {
            return tenantId + " " + currency;
        }
    }

    @Scheduled(
            every = "${countinghouse.billing.ledger.compare-every}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> everyMinute() {
        return turns.measured("ledger-drift", Turns.interval(every), this::compare)
                .invoke(this::publish)
                .replaceWithVoid()
                .onFailure()
                .invoke(e -> LOG.warnf("the ledger was not compared with invoice-service: %s", e.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    Uni<Void> compare() {
        return compare(last).invoke(this::publish).replaceWithVoid();
    }

    private void publish(JsonObject compared) {
        last = compared;
    }

    /** @param before of the round before, which another process may have made; null when there was none */
    private Uni<JsonObject> compare(JsonObject before) {
        return differences(null, new HashMap<>())
                .chain(differences -> transaction.forAllTenants(events::owed).map(ledger -> {
                    for (BillingEventRepository.Owed owed : ledger) {
                        add(differences, new Account(owed.tenantId(), owed.currency()), owed.amount());
                    }
                    return judge(differences, before == null ? new JsonObject() : before);
                }));
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

    private static JsonObject judge(Map<Account, BigDecimal> differences, JsonObject before) {
        JsonObject found = new JsonObject();
        JsonObject again = new JsonObject();
        differences.forEach((account, difference) -> {
            if (difference.signum() == 0) {
                return;
            }
            String amount = difference.stripTrailingZeros().toPlainString();
            found.put(account.key(), amount);
            if (!amount.equals(found(before).getString(account.key()))) {
                return;
            }
            again.put(account.key(), amount);
            if (!persisted(before).containsKey(account.key())) {
                LOG.errorf(
                        "the ledger of tenant %s says %s %s more than its invoices",
                        account.tenantId(), difference.toPlainString(), account.currency());
            }
        });
        return new JsonObject().put("found", found).put("persisted", again);
    }

    private static JsonObject found(JsonObject round) {
        return round.getJsonObject("found", new JsonObject());
    }

    private static JsonObject persisted(JsonObject round) {
        return round.getJsonObject("persisted", new JsonObject());
    }

    private static void add(Map<Account, BigDecimal> sums, Account account, BigDecimal amount) {
        sums.merge(account, amount, BigDecimal::add);
    }
}

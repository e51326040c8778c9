package io.countinghouse.billing.ledger;

import static io.countinghouse.billing.Billing.close;
import static io.countinghouse.billing.Billing.flatPlan;
import static io.countinghouse.billing.Billing.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import io.countinghouse.testing.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class LedgerMonitorTest {

    private final UUID tenant = UUID.randomUUID();

    @Inject
    LedgerMonitor monitor;

    @Inject
    MeterRegistry metrics;

    @Test
    void aBilledPeriodIsInBalance() throws Throwable {
        // Given
        double before = imbalances();
        bill();
        // When
        double after = imbalances();
        // Then
        assertThat(after).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update billing_line set amount = amount + 0.01 where tenant_id = '%s'",
                "update billing_period set net = net - 1 where tenant_id = '%s'",
                "update billing_event set amount = 1 where type = 'period_charge' and tenant_id = '%s'",
                "delete from billing_event where type = 'subscription_created' and tenant_id = '%s'",
                "delete from billing_event_sequence where tenant_id = '%s'"
            })
    void whatWasChangedInTheDatabaseIsFound(String change) throws Throwable {
        // Given
        bill();
        double before = imbalances();
        // When
        double changed = pastEveryGuard(change.formatted(tenant));
        // Then
        assertThat(changed).isEqualTo(before + 1);
    }

    private void bill() {
        UUID id = subscription(
                tenant,
                flatPlan("49.00"),
                Instant.parse("2023-11-01T00:00:00Z"),
                Instant.parse("2023-12-01T00:00:00Z"));
        close(id).statusCode(200);
    }

    private double imbalances() throws Throwable {
        VertxContextSupport.subscribeAndAwait(monitor::measure);
        return metrics.get("billing.ledger.imbalances").gauge().value();
    }

    /** What the monitor says while the change is there; it is gone afterwards. */
    private double pastEveryGuard(String change) throws Throwable {
        try (Connection owner = TestDatabase.ofApplicationAsOwner();
                Statement statement = owner.createStatement()) {
            statement.execute("alter table billing_event disable trigger billing_event_append_only");
            statement.execute(
                    "create table kept_line as select * from billing_line where tenant_id = '" + tenant + "'");
            statement.execute(
                    "create table kept_period as select * from billing_period where tenant_id = '" + tenant + "'");
            statement.execute(
                    "create table kept_event as select * from billing_event where tenant_id = '" + tenant + "'");
            statement.execute("create table kept_sequence as select * from billing_event_sequence where tenant_id = '"
                    + tenant + "'");
            try {
                assertThat(statement.executeUpdate(change)).isPositive();
                return imbalances();
            } finally {
                for (String table : new String[] {"line", "event", "event_sequence", "period"}) {
                    statement.execute("delete from billing_" + table + " where tenant_id = '" + tenant + "'");
                }
                statement.execute("insert into billing_period select * from kept_period");
                statement.execute("insert into billing_line select * from kept_line");
                statement.execute("insert into billing_event select * from kept_event");
                statement.execute("insert into billing_event_sequence select * from kept_sequence");
                statement.execute("drop table kept_line, kept_period, kept_event, kept_sequence");
                statement.execute("alter table billing_event enable trigger billing_event_append_only");
            }
        }
    }
}

package io.countinghouse.invoice.invoice;

import static io.countinghouse.invoice.Invoicing.act;
import static io.countinghouse.invoice.Invoicing.draft;
import static io.countinghouse.invoice.Invoicing.finalized;
import static org.assertj.core.api.Assertions.assertThat;

import io.countinghouse.invoice.TestClock;
import io.countinghouse.testing.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class InvoiceMonitorTest {

    @Inject
    InvoiceMonitor monitor;

    @Inject
    MeterRegistry metrics;

    @Inject
    TestClock clock;

    @AfterEach
    void timeGoesOn() {
        clock.reset();
    }

    @Test
    void aDraftAgesUntilItHasANumber() throws Throwable {
        // Given
        withoutDrafts();
        String id = draft(UUID.randomUUID());
        clock.advance(Duration.ofHours(30));
        double asDraft = measured("invoice.oldest.draft.seconds");
        // When
        act(id, "finalize").then().statusCode(200);
        // Then
        assertThat(asDraft).isBetween(30 * 3600.0, 31 * 3600.0);
        assertThat(measured("invoice.oldest.draft.seconds")).isZero();
    }

    @Test
    void aSeriesWithAGapIsFound() throws Throwable {
        // Given
        finalized(UUID.randomUUID());
        double before = measured("invoice.number.gaps");
        try (Connection owner = TestDatabase.ofApplicationAsOwner();
                Statement statement = owner.createStatement()) {
            // When
            statement.executeUpdate("update number_series set last = last + 1");
            double changed = measured("invoice.number.gaps");
            statement.executeUpdate("update number_series set last = last - 1");
            // Then
            assertThat(before).isZero();
            assertThat(changed).isPositive();
        }
    }

    /** Other tests leave theirs behind, some of which cannot be issued. */
    private static void withoutDrafts() throws Exception {
        try (Connection owner = TestDatabase.ofApplicationAsOwner();
                Statement statement = owner.createStatement()) {
            statement.execute("""
                    alter table invoice_line disable trigger user;
                    delete from invoice_line where invoice_id in (select id from invoices where status = 'draft');
                    delete from invoice_tax where invoice_id in (select id from invoices where status = 'draft');
                    delete from invoices where status = 'draft';
                    alter table invoice_line enable trigger user
                    """);
        }
    }

    private double measured(String gauge) throws Throwable {
        VertxContextSupport.subscribeAndAwait(monitor::measure);
        return metrics.get(gauge).gauge().value();
    }
}

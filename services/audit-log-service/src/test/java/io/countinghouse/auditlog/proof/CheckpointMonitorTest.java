package io.countinghouse.auditlog.proof;

import static io.countinghouse.auditlog.entry.Entries.appended;
import static io.countinghouse.auditlog.entry.Entries.invoiceFinalized;
import static org.assertj.core.api.Assertions.assertThat;

import io.countinghouse.auditlog.TestClock;
import io.countinghouse.testing.TestDatabase;
import io.countinghouse.testing.Tokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CheckpointMonitorTest {

    @Inject
    CheckpointMonitor monitor;

    @Inject
    MeterRegistry metrics;

    @Inject
    TestClock clock;

    @BeforeEach
    void entries() throws Throwable {
        clock.stop();
        for (int entry = 0; entry < 3; entry++) {
            appended(Tokens.operator(), invoiceFinalized(UUID.randomUUID()));
        }
        sign();
    }

    @AfterEach
    void timeGoesOn() {
        clock.reset();
    }

    @Test
    void aCheckpointOfALogThatGrewIsFresh() throws Throwable {
        // Given
        clock.advance(Duration.ofMinutes(5));
        appended(Tokens.operator(), invoiceFinalized(UUID.randomUUID()));
        // When
        sign();
        // Then
        assertThat(age()).isZero();
    }

    @Test
    void withoutACheckpointItsAgeGrows() {
        // When
        clock.advance(Duration.ofMinutes(5));
        // Then
        assertThat(age()).isEqualTo(300);
    }

    @Test
    void aLogThatWasRewrittenGetsNoCheckpoint() throws Throwable {
        // Given
        clock.advance(Duration.ofMinutes(5));
        try (Connection owner = TestDatabase.ofApplicationAsOwner();
                Statement statement = owner.createStatement()) {
            statement.execute("alter table audit_node disable trigger audit_node_append_only");
            statement.execute("create table kept_node as select * from audit_node");
            statement.execute("update audit_node set hash = sha256(hash)");
            try {
                // When
                sign();
                // Then
                assertThat(age()).isEqualTo(300);
            } finally {
                statement.execute("update audit_node n set hash = k.hash from kept_node k"
                        + " where (n.level, n.index) = (k.level, k.index)");
                statement.execute("drop table kept_node");
                statement.execute("alter table audit_node enable trigger audit_node_append_only");
            }
        }
    }

    private void sign() throws Throwable {
        VertxContextSupport.subscribeAndAwait(monitor::sign);
    }

    private double age() {
        return metrics.get("audit.checkpoint.age.seconds").gauge().value();
    }
}

package io.countinghouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.countinghouse.operations.journey.Journey;
import io.countinghouse.stack.LocalStack;
import io.countinghouse.stack.chaos.Chaos;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short form of scripts/chaos, always of the same seed. */
class ChaosTest {

    /** The first eight of this seed meet each kind of PostgreSQL's processes; {@link KilledServiceTest} kills the services. */
    private static final Chaos.Plan SHORT = new Chaos.Plan(7, 8, Duration.ofSeconds(60));

    @TempDir
    Path folder;

    @Test
    void nothingAcknowledgedIsLostWhicheverProcessDies() throws IOException, SQLException {
        // Given
        LocalStack stack = Stack.get();
        Journey journey = stack.journey(Stack.small(), "-chaos");

        // When
        Chaos.Result result = new Chaos(stack, System.out).run(SHORT, journey, folder);

        // Then
        assertThat(result.wrong()).isEmpty();
        assertThat(result.kills()).isPositive();
        assertThat(result.acknowledged()).isPositive();
    }
}

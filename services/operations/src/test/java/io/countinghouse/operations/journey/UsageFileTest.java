package io.countinghouse.operations.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countinghouse.operations.OperationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageFileTest {

    @TempDir
    Path folder;

    @Test
    void rowsBecomeEventsNamedByTheFileAndTheirPosition() throws IOException {
        // Given
        Path file = write("2023-11-30 23:59:59.9799600,4808,10", "2023-12-01T00:00:00.1,5,7");

        // When
        UsageFile usage = UsageFile.read(file);

        // Then
        assertThat(usage.rows().getFirst().time()).isEqualTo(Instant.parse("2023-11-30T23:59:59.979960Z"));
        assertThat(usage.firstMonth()).isEqualTo(Instant.parse("2023-11-01T00:00:00Z"));
        assertThat(usage.endOfLastMonth()).isEqualTo(Instant.parse("2024-01-01T00:00:00Z"));
        var event = usage.batches().getFirst().get(1);
        assertThat(event.get("id").asText()).isEqualTo("2");
        assertThat(event.get("source").asText()).isEqualTo("usage-file/" + usage.digest());
        assertThat(event.at("/data/generated_tokens").asText()).isEqualTo("7");
    }

    @Test
    void theHistoryOfAForecastEndsWithTheLastDayOfUse() throws IOException {
        Path file = write("2023-11-16 18:17:04,1,1", "2023-11-17 10:00:00,1,1", "2023-11-18 00:00:00,1,1");

        assertThat(UsageFile.read(file).endOfHistory()).isEqualTo(Instant.parse("2023-11-19T00:00:00Z"));
    }

    @Test
    void anHourOfUseHasTheRestOfItsMonthForHistory() throws IOException {
        Path file = write("2023-11-16 18:17:04,1,1", "2023-11-16 19:00:00,1,1");

        assertThat(UsageFile.read(file).endOfHistory()).isEqualTo(Instant.parse("2023-12-01T00:00:00Z"));
    }

    @Test
    void aFileOfOtherColumnsIsRefusedInWords() throws IOException {
        Path file = Files.writeString(folder.resolve("other.csv"), "a,b\n1,2\n");

        assertThatThrownBy(() -> UsageFile.read(file))
                .isInstanceOf(OperationException.class)
                .hasMessageContaining("TIMESTAMP,ContextTokens,GeneratedTokens");
    }

    @Test
    void aTimeThatIsNoneIsRefused() throws IOException {
        Path file = write("yesterday,1,2");

        assertThatThrownBy(() -> UsageFile.read(file)).isInstanceOf(OperationException.class);
    }

    @Test
    void theSampleOfAMonthIsAlwaysTheSame() throws IOException {
        Path one = folder.resolve("one.csv");
        Path two = folder.resolve("two.csv");

        UsageFile.writeSample(one, Instant.parse("2026-02-01T00:00:00Z"));
        UsageFile.writeSample(two, Instant.parse("2026-02-01T00:00:00Z"));

        assertThat(one).hasSameBinaryContentAs(two);
        assertThat(UsageFile.read(one).endOfLastMonth()).isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
    }

    private Path write(String... lines) throws IOException {
        return Files.writeString(
                folder.resolve("usage.csv"),
                "TIMESTAMP,ContextTokens,GeneratedTokens\n" + String.join("\n", lines) + "\n");
    }
}

package io.countinghouse.ai.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.countinghouse.ai.usage.UsageSeries;
import io.countinghouse.ai.usage.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class UsageExplanationTest {

    @Test
    void theNumbersAreToldInWords() {
        String text = UsageExplanation.of(series("10", "10", "15", "15"), 2, 95).text();

        assertThat(text)
                .startsWith(
                        "From 2 March 2026 to 6 March 2026 (4 days), the meter 'tokens' came to 50: on average 12.5 per day. "
                                + "The most was 15 (4 March 2026), the least 10 (2 March 2026). "
                                + "The second half saw 50 % more use than the first. For the next 2 days expect about ");
    }

    @Test
    void aFallIsToldAsOne() {
        assertThat(UsageExplanation.of(series("30", "30", "9", "15", "15"), 1, 95)
                        .text())
                .contains("The second half saw 50 % less use than the first.");
    }

    @Test
    void nothingBeforeIsNoPercentage() {
        assertThat(UsageExplanation.of(series("0", "0", "9", "15"), 1, 95).text())
                .contains("The first half saw no use, the second half 24.");
    }

    private static UsageSeries series(String... values) {
        return new UsageSeries(
                "tokens",
                Window.DAY,
                Instant.parse("2026-03-02T00:00:00Z"),
                Arrays.stream(values).map(BigDecimal::new).toList());
    }
}

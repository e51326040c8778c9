package io.countinghouse.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    private final Backoff backoff = new Backoff(Duration.ofSeconds(5), 4, Duration.ofHours(6), 0.2, 14);

    @ParameterizedTest
    @CsvSource({"1, PT5S", "2, PT20S", "3, PT80S", "4, PT320S", "7, PT5H41M20S", "8, PT6H", "13, PT6H"})
    void eachWaitIsFourTimesTheOneBeforeUpToTheLongest(int tries, Duration expected) {
        // When
        var wait = backoff.after(tries, 0.5);

        // Then
        assertThat(wait).contains(expected);
    }

    @Test
    void chanceMovesAWaitByAFifthEitherWay() {
        // When / Then
        assertThat(backoff.after(1, 0.0)).contains(Duration.ofSeconds(4));
        assertThat(backoff.after(1, 0.999999))
                .hasValueSatisfying(wait -> assertThat(wait).isBetween(Duration.ofMillis(5990), Duration.ofSeconds(6)));
    }

    @Test
    void afterTheLastAttemptThereIsNoNext() {
        // When
        var wait = backoff.after(14, 0.5);

        // Then
        assertThat(wait).isEmpty();
    }

    @Test
    void allAttemptsTogetherTakeMoreThanADay() {
        // When
        Duration all = Duration.ZERO;
        for (int tries = 1; tries < 14; tries++) {
            all = all.plus(backoff.after(tries, 0.5).orElseThrow());
        }

        // Then
        assertThat(all).isBetween(Duration.ofHours(36), Duration.ofHours(48));
    }

    @Test
    void numbersThatMakeNoBackoffAreRefused() {
        // When / Then
        assertThatThrownBy(() -> new Backoff(Duration.ZERO, 2, Duration.ofHours(1), 0.2, 3))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(1), 2, Duration.ofHours(1), 1.5, 3))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

package io.countinghouse.defaults.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.countinghouse.defaults.vault.Vault;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HeldLeaseTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final HeldLease fresh = HeldLease.startedAt(START, lease(60));

    @Test
    void isLookedAfterWhenHalfOfItIsOver() {
        assertThat(fresh.isHalfOverAt(START.plusSeconds(29))).isFalse();
        assertThat(fresh.isHalfOverAt(START.plusSeconds(30))).isTrue();
    }

    @Test
    void isValidUntilItsEnd() {
        assertThat(fresh.isValidAt(START.plusSeconds(59))).isTrue();
        assertThat(fresh.isValidAt(START.plusSeconds(60))).isFalse();
        assertThat(fresh.secondsLeftAt(START.plusSeconds(45))).isEqualTo(15);
        assertThat(fresh.secondsLeftAt(START.plusSeconds(90))).isZero();
    }

    @Test
    void countsAnewFromARenewalAndKeepsItsAge() {
        HeldLease renewed = fresh.renewedAt(START.plusSeconds(30), lease(60));

        assertThat(renewed.isHalfOverAt(START.plusSeconds(59))).isFalse();
        assertThat(renewed.expiresAt()).isEqualTo(START.plusSeconds(90));
        assertThat(renewed.createdAt()).isEqualTo(START);
        assertThat(renewed.isShort()).isFalse();
    }

    /** Connections begin with it and would live longer than it does. */
    @Test
    void isShortWhenVaultGaveLessThanAtFirst() {
        assertThat(fresh.renewedAt(START.plusSeconds(30), lease(45)).isShort()).isTrue();
    }

    private static Vault.Lease lease(long seconds) {
        return new Vault.Lease("id", "name", "password", Duration.ofSeconds(seconds), true);
    }
}

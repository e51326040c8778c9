package io.countinghouse.operations.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.countinghouse.operations.OperationException;
import io.countinghouse.operations.database.DatabaseNames;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretPlanTest {

    private static final String HASH = "COUNTINGHOUSE_AUTH_BOOTSTRAP_SERVICE_ACCOUNTS__USAGE_SERVICE__SECRET_HASH";

    private final AtomicInteger made = new AtomicInteger();

    @Test
    void theFirstRunMakesAllSecretsWithWhatFitsTogether() {
        // When
        Map<String, Map<String, String>> all = plan(Map.of()).missing();

        // Then
        assertThat(all).hasSize(14);
        assertThat(all.get("usage-service"))
                .containsOnlyKeys(
                        "COUNTINGHOUSE_DATABASE_USERNAME",
                        "COUNTINGHOUSE_DATABASE_PASSWORD",
                        "COUNTINGHOUSE_SERVICE_SECRET")
                .contains(entry("COUNTINGHOUSE_DATABASE_USERNAME", "usage_service_app"));
        assertThat(all.get("usage-service-owner"))
                .contains(entry("COUNTINGHOUSE_DATABASE_OWNER_USERNAME", "usage_service_owner"));
        assertThat(all.get("auth-service").get(HASH))
                .isEqualTo(sha256(all.get("usage-service").get("COUNTINGHOUSE_SERVICE_SECRET")));
        assertThat(all.get("auth-service").get("COUNTINGHOUSE_AUTH_BOOTSTRAP_OPERATOR_PASSWORD"))
                .hasSize(24);
    }

    @Test
    void rolesCarryThePrefixOfTheInstallation() {
        // When
        SecretPlan plan = SecretPlan.of(Map.of(), new DatabaseNames("staging_"), Set.of(), this::text);

        // Then
        assertThat(plan.missing().get("audit-log-service"))
                .contains(entry("COUNTINGHOUSE_DATABASE_USERNAME", "staging_audit_log_service_app"));
    }

    @Test
    void theSecondRunDoesNothing() {
        // Given
        Map<String, Map<String, String>> there = whole();

        // When
        SecretPlan plan = plan(there);

        // Then
        assertThat(plan.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "auth-service, COUNTINGHOUSE_AUTH_SESSION_SECRET",
        "usage-service, COUNTINGHOUSE_DATABASE_PASSWORD",
        "billing-service-owner, COUNTINGHOUSE_DATABASE_OWNER_PASSWORD"
    })
    void aKeyThatIsMissingIsAddedAlone(String secret, String key) {
        // Given
        Map<String, Map<String, String>> there = whole();
        there.get(secret).remove(key);

        // When
        SecretPlan plan = plan(there);

        // Then
        assertThat(plan.missing()).containsOnlyKeys(secret);
        assertThat(plan.missing().get(secret)).containsOnlyKeys(key);
        assertThat(plan.healed()).isEmpty();
    }

    @Test
    void aServiceThatLostItsSecretIsKnownByItsNewIdentity() {
        // Given
        Map<String, Map<String, String>> there = whole();
        there.remove("usage-service");

        // When
        SecretPlan plan = plan(there);

        // Then
        assertThat(plan.missing()).containsOnlyKeys("usage-service");
        assertThat(plan.healed())
                .containsExactly(
                        entry(HASH, sha256(plan.missing().get("usage-service").get("COUNTINGHOUSE_SERVICE_SECRET"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"auth-service", "audit-log-service", "notification-service"})
    void aLostSealIsNotMadeAnewInSilence(String secret) {
        // Given
        Map<String, Map<String, String>> there = whole();
        there.remove(secret);

        // When
        ThrowingCallable run = () -> plan(there);

        // Then
        assertThatThrownBy(run)
                .isInstanceOf(OperationException.class)
                .hasMessageContaining("Secret '" + secret + "' has lost")
                .hasMessageContaining("--accept-loss " + secret);
    }

    @Test
    void aLostSealIsMadeAnewWhenTheLossIsAccepted() {
        // Given
        Map<String, Map<String, String>> there = whole();
        there.remove("audit-log-service");

        // When
        SecretPlan plan = SecretPlan.of(there, DatabaseNames.PLAIN, Set.of("audit-log-service"), this::text);

        // Then
        assertThat(plan.missing()).containsOnlyKeys("audit-log-service");
    }

    @Test
    void aFirstRunThatEndedEarlyIsContinued() {
        // Given
        Map<String, Map<String, String>> all = whole();
        String first = all.keySet().iterator().next();

        // When
        SecretPlan plan = plan(Map.of(first, all.get(first)));

        // Then
        assertThat(plan.missing()).hasSize(13).doesNotContainKey(first);
    }

    @Test
    void aSecretOfSomebodyElseIsNotTakenOver() {
        // Given
        Map<String, Map<String, String>> there = Map.of("auth-service", Map.of("token", "theirs"));

        // When
        ThrowingCallable run = () -> plan(there);

        // Then
        assertThatThrownBy(run).isInstanceOf(OperationException.class).hasMessageContaining("somebody else's");
    }

    private Map<String, Map<String, String>> whole() {
        Map<String, Map<String, String>> all = new LinkedHashMap<>();
        plan(Map.of()).missing().forEach((name, values) -> all.put(name, new HashMap<>(values)));
        return all;
    }

    private SecretPlan plan(Map<String, Map<String, String>> there) {
        return SecretPlan.of(there, DatabaseNames.PLAIN, Set.of(), this::text);
    }

    /** Another one each time, of the length asked for. */
    private String text(int length) {
        return ("%0" + length + "d").formatted(made.incrementAndGet());
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}

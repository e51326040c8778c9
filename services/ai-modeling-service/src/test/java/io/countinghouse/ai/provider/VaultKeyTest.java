package io.countinghouse.ai.provider;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.countinghouse.ai.AiTestEnvironment;
import io.countinghouse.ai.Stubs;
import io.countinghouse.testing.StubService;
import io.countinghouse.testing.Tokens;
import io.countinghouse.testing.VaultServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@QuarkusTest
@TestProfile(VaultKeyTest.InVaultMode.class)
@EnabledIfEnvironmentVariable(named = VaultServer.BINARY, matches = ".+", disabledReason = VaultServer.SKIPPED)
class VaultKeyTest {

    @Test
    void aNewKeyIsUsedWithoutARestartAndTheConfiguredOneWhereVaultHasNone() {
        // Given
        Stubs.completion("Hi there");
        assertThat(keyOfACall()).isEqualTo("Bearer sk-test");

        // When
        VaultServer.put("ai-modeling-service/openai", Map.of("api-key", "sk-first"));
        // Then
        await().untilAsserted(() -> assertThat(keyOfACall()).isEqualTo("Bearer sk-first"));

        // When
        VaultServer.put("ai-modeling-service/openai", Map.of("api-key", "sk-second"));
        // Then
        await().untilAsserted(() -> assertThat(keyOfACall()).isEqualTo("Bearer sk-second"));
    }

    private static String keyOfACall() {
        given().auth()
                .oauth2(Tokens.of(UUID.randomUUID(), "owner"))
                .contentType(ContentType.JSON)
                .body("{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}")
                .post("/v1/chat/completions")
                .then()
                .statusCode(200);
        return StubService.requests("POST", AiTestEnvironment.COMPLETIONS)
                .getLast()
                .headers()
                .get("Authorization")
                .getFirst();
    }

    /** As an installation that keeps its secrets in Vault. */
    public static class InVaultMode implements QuarkusTestProfile {
        @Override
        public String getConfigProfile() {
            return "test,vault";
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(VaultServer.class, VaultServer.of("ai-modeling-service")));
        }
    }
}

package io.countinghouse.ai.provider;

import static io.countinghouse.testing.Problems.problem;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.countinghouse.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(NotConfiguredTest.WithoutEndpoint.class)
class NotConfiguredTest {

    private static final String CHAT =
            "{\"operation\":\"chat\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";

    @Test
    void generateSaysWhatToConfigure() {
        given().auth()
                .oauth2(Tokens.of(UUID.randomUUID(), "owner"))
                .contentType(ContentType.JSON)
                .body(CHAT)
                .post("/v1/ai/generate")
                .then()
                .spec(problem(503, "ai-provider-not-configured"))
                .body("detail", containsString("countinghouse.ai.openai.url"));
    }

    @Test
    void chatCompletionsSayItInOpenAisWords() {
        given().auth()
                .oauth2(Tokens.of(UUID.randomUUID(), "owner"))
                .contentType(ContentType.JSON)
                .body("{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}")
                .post("/v1/chat/completions")
                .then()
                .statusCode(503)
                .body("error.code", is("ai-provider-not-configured"))
                .body("error.type", is("server_error"));
    }

    public static class WithoutEndpoint implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("countinghouse.ai.openai.url", "");
        }
    }
}

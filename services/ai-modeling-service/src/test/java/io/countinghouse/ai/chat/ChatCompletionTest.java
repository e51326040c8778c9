package io.countinghouse.ai.chat;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.blankOrNullString;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.countinghouse.ai.AiTestEnvironment;
import io.countinghouse.ai.Stubs;
import io.countinghouse.testing.StubService;
import io.countinghouse.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.http.Method;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class ChatCompletionTest {

    private static final String REQUEST = """
            {"model":"big-model","temperature":0.2,"messages":[{"role":"user","content":"Hello"}],
             "tools":[{"type":"function","function":{"name":"f"}}]}""";

    private final UUID tenant = UUID.randomUUID();

    @BeforeEach
    void answers() {
        StubService.reset();
        Stubs.completion("Hi there");
    }

    @Test
    void theEndpointsAnswerIsPassedOnUnderTheIdOfItsGeneration() {
        complete(REQUEST)
                .statusCode(200)
                .body("id", startsWith("chatcmpl-"))
                .body("id", not(is("chatcmpl-upstream")))
                .body("object", is("chat.completion"))
                .body("model", is("test-model-2026"))
                .body("choices[0].message.content", is("Hi there"))
                .body("choices[0].finish_reason", is("stop"))
                .body("usage.total_tokens", is(29))
                .body("service_tier", is("default"));
    }

    @Test
    void theRequestIsPassedOnWithTheConfiguredKey() {
        complete(REQUEST).statusCode(200);

        StubService.Request sent =
                StubService.requests("POST", AiTestEnvironment.COMPLETIONS).getFirst();
        assertThat(sent.headers().get("Authorization")).isEqualTo(List.of("Bearer sk-test"));
        JsonPath body = JsonPath.from(sent.body());
        assertThat(body.getString("model")).isEqualTo("big-model");
        assertThat(body.getDouble("temperature")).isEqualTo(0.2);
        assertThat(body.getString("messages[0].content")).isEqualTo("Hello");
        assertThat(body.getString("tools[0].function.name")).isEqualTo("f");
        assertThat(body.getBoolean("stream")).isFalse();
    }

    @Test
    void withoutAModelTheConfiguredOneIsAsked() {
        complete("{\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}").statusCode(200);

        assertThat(StubService.requests("POST", AiTestEnvironment.COMPLETIONS)
                        .getFirst()
                        .body())
                .contains("\"model\":\"test-model\"");
    }

    @Test
    void theTokensThatTheEndpointReportsAreMetered() {
        String id = complete(REQUEST).extract().<String>path("id").substring("chatcmpl-".length());

        await().untilAsserted(() -> assertThat(StubService.events("ai.generation.completed.v1"))
                .filteredOn(event -> event.contains(id))
                .singleElement()
                .asString()
                .contains("\"operation\":\"chat\"", "\"input_tokens\":19", "\"output_tokens\":10")
                .contains("\"model\":\"test-model-2026\""));
    }

    @Test
    void aCompletionIsInTheHistory() {
        String id = complete(REQUEST).extract().<String>path("id").substring("chatcmpl-".length());

        given().auth()
                .oauth2(Tokens.of(tenant, "viewer"))
                .get("/v1/ai/history/" + id)
                .then()
                .statusCode(200)
                .body("operation", is("chat"))
                .body("provider", is("openai-compatible"))
                .body("output.choices[0].message.content", is("Hi there"));
    }

    @Test
    void aRepeatedCompletionIsNotAskedAndPaidForAgain() {
        // Given
        String key = UUID.randomUUID().toString();
        String first = complete(REQUEST, key).statusCode(200).extract().asString();

        // When
        ValidatableResponse repeated = complete(REQUEST, key);

        // Then
        repeated.statusCode(200).header("Idempotency-Replayed", "true").body(is(first));
        assertThat(StubService.requests("POST", AiTestEnvironment.COMPLETIONS)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "nonsense | null",
                "[] | null",
                "{} | messages",
                "{\"messages\":[]} | messages",
                "{\"messages\":[{}]} | messages[0].role",
                "{\"messages\":[{\"role\":\"user\"}],\"model\":7} | model",
                "{\"messages\":[{\"role\":\"user\"}],\"stream\":true} | stream",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"a\\u0000b\"}]} | null",
                "{\"messages\":[{\"role\":\"user\"}],\"seed\":1e999999999} | null",
                "{\"messages\":[{\"role\":\"user\"}],\"seed\":1e99999999999} | null",
                "'' | null"
            })
    void whatIsWrongIsToldInOpenAisWords(String body, String param) {
        complete(body)
                .statusCode(400)
                .contentType(ContentType.JSON)
                .body("error.type", is("invalid_request_error"))
                .body("error.param", is(param));
        assertThat(StubService.requests("POST", AiTestEnvironment.COMPLETIONS)).isEmpty();
    }

    @Test
    void whatIsNestedTooDeepToBeReadAgainIsRefused() {
        String deep = "[".repeat(200) + "]".repeat(200);

        complete("{\"messages\":[{\"role\":\"user\",\"content\":" + deep + "}]}")
                .statusCode(400)
                .body("error.code", is("invalid_value"));
    }

    @Test
    void withoutATokenTheKeyIsInvalidInOpenAisWords() {
        given().contentType(ContentType.JSON)
                .body(REQUEST)
                .post("/v1/chat/completions")
                .then()
                .statusCode(401)
                .contentType(ContentType.JSON)
                .header("WWW-Authenticate", "Bearer")
                .body("error.type", is("invalid_request_error"))
                .body("error.code", is("invalid_api_key"));
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /v1/chat/completions, text/plain, application/json, 415, unsupported-media-type",
        "POST, /v1/chat/completions, nonsense, application/json, 415, unsupported-media-type",
        "POST, /v1/chat/completions, application/json, text/csv, 406, not-acceptable",
        "GET, /v1/chat/completions, application/json, application/json, 405, method-not-allowed",
        "POST, /v1/chat/no-such-thing, application/json, application/json, 404, not-found",
        "POST, /v1/chat/completions?a=%00, application/json, application/json, 400, malformed-request"
    })
    void whatNoResourceSeesIsRefusedInOpenAisWordsToo(
            String method, String path, String type, String accept, int status, String code) {
        given().auth()
                .oauth2(Tokens.of(tenant, "owner"))
                .urlEncodingEnabled(false)
                .header("Content-Type", type)
                .accept(accept)
                .body(REQUEST.getBytes(StandardCharsets.UTF_8))
                .request(Method.valueOf(method), path)
                .then()
                .statusCode(status)
                .contentType(ContentType.JSON)
                .body("error.code", is(code))
                .body("error.type", is("invalid_request_error"))
                .body("error.message", not(blankOrNullString()));
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedInOpenAisWords() {
        complete("{\"messages\":\"" + "x".repeat(6 * 1024 * 1024) + "\"}")
                .statusCode(413)
                .contentType(ContentType.JSON)
                .body("error.code", is("content-too-large"));
    }

    @Test
    void viewersDoNotChat() {
        given().auth()
                .oauth2(Tokens.of(tenant, "viewer"))
                .contentType(ContentType.JSON)
                .body(REQUEST)
                .post("/v1/chat/completions")
                .then()
                .statusCode(403)
                .contentType(ContentType.JSON)
                .body("error.code", is("forbidden"))
                .body("error.message", containsString("roles"));
    }

    @Test
    void generateChatsToo() {
        given().auth()
                .oauth2(Tokens.of(tenant, "member"))
                .contentType(ContentType.JSON)
                .body(Map.of("operation", "chat", "messages", List.of(Map.of("role", "user", "content", "Hello"))))
                .post("/v1/ai/generate")
                .then()
                .statusCode(201)
                .body("output.choices[0].message.content", is("Hi there"))
                .body("usage.input_tokens", is(19));
    }

    @Test
    void aLanguageModelExplainsFromTheNumbers() {
        // Given
        Stubs.fourWeeksOfUsage();
        Stubs.completion("It rises.");

        // When
        ValidatableResponse answer = given().auth()
                .oauth2(Tokens.of(tenant, "member"))
                .contentType(ContentType.JSON)
                .body(Map.of(
                        "operation", "explain",
                        "provider", "openai-compatible",
                        "meter", "tokens",
                        "from", "2026-03-01T00:00:00Z",
                        "to", "2026-03-30T00:00:00Z"))
                .post("/v1/ai/generate")
                .then();

        // Then
        answer.statusCode(201).body("output.text", is("It rises."));
        assertThat(StubService.requests("POST", AiTestEnvironment.COMPLETIONS)
                        .getFirst()
                        .body())
                .contains("2026-03-02T00:00:00Z 1050.000");
    }

    private ValidatableResponse complete(String body) {
        return complete(body, UUID.randomUUID().toString());
    }

    private ValidatableResponse complete(String body, String key) {
        return given().auth()
                .oauth2(Tokens.of(tenant, "owner"))
                .contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body(body)
                .post("/v1/chat/completions")
                .then();
    }
}

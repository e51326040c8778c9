package io.countinghouse.ai.provider;

import static io.countinghouse.testing.Problems.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.countinghouse.ai.AiTestEnvironment;
import io.countinghouse.testing.StubService;
import io.countinghouse.testing.Tokens;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an endpoint sends: what was paid for is given and metered, and what was refused keeps its codes. */
@QuarkusTest
class EndpointAnswersTest {

    private static final String QUESTION =
            "{\"model\":\"asked\",\"messages\":[{\"role\":\"user\",\"content\":\"12345678\"}]}";

    private final UUID tenant = UUID.randomUUID();

    @TestHTTPResource("/")
    URI server;

    @BeforeEach
    void nothingYet() {
        StubService.reset();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"a\\u0000b\"",
                "\"half \\ud800 of a pair\"",
                "[{\"type\":\"text\",\"text\":\"parts\"}]",
                "1e999999999",
                "null",
                "{\"\\u0000\":[{}]}"
            })
    void anAnswerIsGivenAsItCameAndRecorded(String content) {
        String completion = "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":" + content
                + "}}],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4},\"other\": 1.50}";
        answer(200, "{\"id\":\"x\",\"model\":\"m\"," + completion.substring(1));

        String given = complete().statusCode(200).extract().asString();

        String id = given.split("\"")[3];
        assertThat(given).isEqualTo("{\"id\":\"" + id + "\",\"model\":\"m\"," + completion.substring(1));
        history(id).statusCode(200).body("usage.input_tokens", is(3)).body("usage.output_tokens", is(4));
        assertMetered(3, 4);
    }

    @Test
    void anAnswerNestedDeeperThanTheDatabaseTakesIsGivenAndRecordedWithoutItsDepths() throws Exception {
        String deep = "[".repeat(20_000) + "]".repeat(20_000);
        answer(200, "{\"id\":\"x\",\"model\":\"m\",\"choices\":[],\"deep\":" + deep + "}");

        HttpResponse<String> given = completeByItself();

        assertThat(given.statusCode()).isEqualTo(200);
        assertThat(given.body()).endsWith(deep + "}");
        history(given.body().split("\"")[3]).statusCode(200).body("output.deep.toString()", containsString("too deep"));
    }

    @Test
    void anAnswerOfMegabytesIsGivenAndRecorded() throws Exception {
        String text = "word ".repeat(2_400_000);
        answer(200, "{\"id\":\"x\",\"choices\":[{\"message\":{\"content\":\"" + text + "\"}}]}");

        HttpResponse<String> given = completeByItself();

        assertThat(given.statusCode()).isEqualTo(200);
        assertThat(given.body().contains(text)).isTrue();
        assertMetered(2, 3_000_000);
    }

    /** Without RestAssured, which prints what it gets and needs gigabytes for that here. */
    private HttpResponse<String> completeByItself() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(server.resolve("v1/chat/completions"))
                            .header("Authorization", "Bearer " + Tokens.of(tenant, "owner"))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(QUESTION))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    /** The question has eight characters, the answer twelve: two tokens and three. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"prompt_tokens\":-5,\"completion_tokens\":-1} | 2 | 3",
                "{\"prompt_tokens\":10000000000000000000,\"completion_tokens\":7} | 2 | 7",
                "{\"prompt_tokens\":\"19\",\"completion_tokens\":null} | 2 | 3",
                "{\"prompt_tokens\":19.5,\"completion_tokens\":19.0} | 2 | 19",
                "{\"prompt_tokens\":1e999999999,\"completion_tokens\":NaN} | 2 | 3",
                "{\"prompt_tokens\":true,\"completion_tokens\":{}} | 2 | 3",
                "{\"total_tokens\":9} | 2 | 3",
                "[1,2] | 2 | 3",
                "null | 2 | 3",
                "{\"prompt_tokens\":0,\"completion_tokens\":1000000001} | 0 | 3"
            })
    void usageIsTakenOnlyIfItIsSaneAndEstimatedOtherwise(String usage, long input, long output) {
        answer(
                200,
                "{\"model\":\"m\",\"choices\":[{\"message\":{\"content\":\"abcdefghijkl\"}}],\"usage\":" + usage + "}");

        complete().statusCode(200);

        assertMetered(input, output);
    }

    @Test
    void toolCallsAndEachChoiceAreEstimated() {
        String call =
                "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"call_123\",\"type\":\"function\","
                        + "\"function\":{\"name\":\"weather\",\"arguments\":\"" + "a".repeat(393) + "\"}}]}";
        answer(
                200,
                "{\"choices\":[{\"message\":" + call + "},{\"message\":" + call + "},{\"text\":\"" + "b".repeat(400)
                        + "\"}]}");

        complete().statusCode(200);

        assertMetered(2, (400 + 400 + 400) / 4);
    }

    @Test
    void aPictureInTheQuestionIsNotEstimatedAsText() {
        answer(200, "{\"choices\":[]}");

        complete("{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"12345678\"},"
                        + "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64," + "A".repeat(10_000)
                        + "\"}}]}]}")
                .statusCode(200);

        assertMetered(2, 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"model\":null,", "\"model\":7,", "\"model\":\"\",", "\"model\":{\"a\":1},"})
    void theModelIsAlwaysATextAndTheOneAskedIfNoneIsTold(String model) {
        answer(200, "{" + model + "\"choices\":[{\"message\":{\"content\":\"Hi\"}}]}");

        String id = complete()
                .statusCode(200)
                .body("model", is("asked"))
                .body("choices[0].message.content", is("Hi"))
                .extract()
                .path("id");

        history(id).statusCode(200).body("model", is("asked"));
    }

    @Test
    void anAnswerWithUsageAndWithoutChoicesIsGiven() {
        answer(200, "{\"object\":\"chat.completion\",\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4}}");

        complete().statusCode(200).body("object", is("chat.completion"));

        assertMetered(3, 4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "text/plain;charset=utf-16", "nonsense", "application/octet-stream"})
    void theContentTypeOfAnAnswerDoesNotMatter(String type) {
        StubService.on(
                "POST",
                AiTestEnvironment.COMPLETIONS,
                request -> new StubService.Answer(
                        200, "{\"choices\":[{\"message\":{\"content\":\"Größe\"}}]}", Map.of("Content-Type", type)));

        complete().statusCode(200).body("choices[0].message.content", is("Größe"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"hello\":1}",
                "\"text\"",
                "<html>",
                "{\"choices\":[{\"message\":{\"content\":\"cut of",
                "[]",
                "{\"error\":{\"code\":502},\"usage\":{}}",
                "1e999999999"
            })
    void anAnswerThatIsNoCompletionIsAFailureOfTheEndpoint(String answer) {
        answer(200, answer);

        complete()
                .statusCode(502)
                .contentType(ContentType.JSON)
                .header("x-should-retry", "false")
                .body("error.code", is("ai-provider-failed"))
                .body("error.type", is("server_error"));
    }

    @Test
    void anEmptyAnswerIsAFailureOfTheEndpoint() {
        StubService.on("POST", AiTestEnvironment.COMPLETIONS, 200, null);

        complete().statusCode(502).body("error.code", is("ai-provider-failed"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "400 | context_length_exceeded | messages | invalid_request_error | 400",
                "404 | model_not_found | null | invalid_request_error | 404",
                "422 | invalid_value | temperature | invalid_request_error | 422",
                "413 | request_too_large | null | invalid_request_error | 413",
                "429 | rate_limit_exceeded | null | tokens | 429",
                "429 | insufficient_quota | null | insufficient_quota | 429"
            })
    void whatTheEndpointHasAgainstTheRequestKeepsItsStatusAndCodesButNotItsWords(
            int upstream, String code, String param, String type, int status) {
        answer(
                upstream,
                "{\"error\":{\"message\":\"key sk-test\",\"type\":\"" + type + "\",\"param\":"
                        + (param == null ? "null" : '"' + param + '"') + ",\"code\":\"" + code + "\"}}");

        complete()
                .statusCode(status)
                .contentType(ContentType.JSON)
                .body("error.code", is(code))
                .body("error.param", is(param))
                .body("error.type", is(type))
                .body("error.message", not(containsString("sk-test")));
    }

    @ParameterizedTest
    @CsvSource({
        "401, 502, ai-provider-failed",
        "402, 502, ai-provider-failed",
        "403, 502, ai-provider-failed",
        "500, 502, ai-provider-failed",
        "302, 502, ai-provider-failed",
        "503, 503, ai-provider-unavailable",
        "529, 503, ai-provider-unavailable"
    })
    void whatIsBetweenTheEndpointAndTheOperatorIsNotTheCallersError(int upstream, int status, String code) {
        answer(upstream, "{\"error\":{\"message\":\"bad key sk-test\",\"code\":\"invalid_api_key\"}}");

        complete()
                .statusCode(status)
                .body("error.code", is(code))
                .body("error.type", is("server_error"))
                .body("error.message", not(containsString("sk-test")));
    }

    @Test
    void aNotFoundWithoutAnErrorMeansAWrongAddress() {
        answer(404, "<html>nginx</html>");

        complete().statusCode(502).body("error.code", is("ai-provider-failed"));
    }

    @Test
    void aCodeThatHoldsTheKeyOrIsNoWordIsNotPassedOn() {
        answer(400, "{\"error\":{\"code\":\"sk-test\",\"param\":\"a\\u0000b\",\"type\":{\"a\":1}}}");

        complete()
                .statusCode(400)
                .body("error.code", is("ai-provider-refused"))
                .body("error.param", nullValue())
                .body("error.type", is("invalid_request_error"));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "rate_limit_exceeded, 2, 2",
                "rate_limit_exceeded, 0.3, 1",
                "rate_limit_exceeded, null, 10",
                "rate_limit_exceeded, soon, 10",
                "rate_limit_exceeded, 99999999, 10",
                "insufficient_quota, null, null",
                "insufficient_quota, 60, 60"
            })
    void theEndpointSaysHowLongToWait(String code, String sent, String told) {
        StubService.on(
                "POST",
                AiTestEnvironment.COMPLETIONS,
                request -> new StubService.Answer(
                        429,
                        "{\"error\":{\"code\":\"" + code + "\"}}",
                        sent == null ? Map.of() : Map.of("Retry-After", sent)));

        complete().statusCode(429).header("Retry-After", told).body("error.code", is(code));
    }

    @Test
    void generateTellsTheSameAsProblems() {
        answer(400, "{\"error\":{\"code\":\"context_length_exceeded\"}}");

        generate().spec(problem(422, "ai-provider-refused")).body("detail", containsString("context_length_exceeded"));
    }

    @Test
    void generateTellsAsAProblemThatTheEndpointIsBusy() {
        answer(429, "{}");

        generate().spec(problem(429, "ai-provider-busy")).header("Retry-After", "10");
    }

    @Test
    void generateTellsAsAProblemThatTheEndpointFailed() {
        answer(500, "{}");

        generate().spec(problem(502, "ai-provider-failed"));
    }

    @Test
    void generateTellsAsAProblemThatTheEndpointIsOverloaded() {
        answer(503, "{}");

        generate().spec(problem(503, "ai-provider-unavailable")).header("Retry-After", "10");
    }

    private void assertMetered(long input, long output) {
        await().untilAsserted(() -> assertThat(StubService.events("ai.generation.completed.v1"))
                .filteredOn(event -> event.contains(tenant.toString()))
                .singleElement()
                .asString()
                .contains("\"input_tokens\":" + input + ",", "\"output_tokens\":" + output + "}"));
    }

    private static void answer(int status, String body) {
        StubService.on("POST", AiTestEnvironment.COMPLETIONS, status, body);
    }

    private ValidatableResponse complete() {
        return complete(QUESTION);
    }

    private ValidatableResponse complete(String body) {
        return given().auth()
                .oauth2(Tokens.of(tenant, "owner"))
                .contentType(ContentType.JSON)
                .body(body)
                .post("/v1/chat/completions")
                .then();
    }

    private ValidatableResponse generate() {
        return given().auth()
                .oauth2(Tokens.of(tenant, "member"))
                .contentType(ContentType.JSON)
                .body("{\"operation\":\"chat\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}")
                .post("/v1/ai/generate")
                .then();
    }

    private ValidatableResponse history(String id) {
        return given().auth()
                .oauth2(Tokens.of(tenant, "viewer"))
                .get("/v1/ai/history/" + id.substring("chatcmpl-".length()))
                .then();
    }
}

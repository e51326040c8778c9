package io.countinghouse.testing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.quarkus.test.common.http.TestHTTPResource;
import io.restassured.http.Method;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What all seven services promise. A service subclasses it with {@code @QuarkusTest} and names its counters.
 * With {@code -Dcontract.update=true} the committed {@code contract/openapi.yaml} is written instead of compared.
 */
public abstract class ServiceContract {

    private static final Set<String> VERBS = Set.of("get", "put", "post", "delete", "patch");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    @TestHTTPResource(value = "/health", management = true)
    URI health;

    @TestHTTPResource(value = "/metrics", management = true)
    URI metrics;

    @TestHTTPResource("/openapi")
    URI openapi;

    /** Names of the counters in /metrics, such as {@code usage_metrics_fetched_total}. */
    protected abstract List<String> counters();

    @Test
    void healthSaysDatabaseUptimeVersionAndEnvironment() {
        given().when()
                .get(health)
                .then()
                .statusCode(200)
                .body("status", is("UP"))
                .body("checks.data.database", everyItem(is("up")))
                .body("checks.data.uptime_seconds", everyItem(notNullValue()))
                .body("checks.data.version", everyItem(notNullValue()))
                .body("checks.data.environment", everyItem(is("test")));
    }

    @TestFactory
    Stream<DynamicTest> eachProbeAnswers() {
        return Stream.of("live", "ready", "started")
                .map(probe -> DynamicTest.dynamicTest(
                        probe,
                        () -> given().when().get(health + "/" + probe).then().statusCode(200)));
    }

    @Test
    void metricsShowEveryCounterFromTheStart() {
        String text =
                given().when().get(metrics).then().statusCode(200).extract().asString();

        String prefix = ConfigProvider.getConfig().getValue("countinghouse.metrics.prefix", String.class);
        List<String> expected = new ArrayList<>(counters());
        expected.add(prefix + "_requests_total");
        expected.add(prefix + "_uptime_seconds");
        assertThat(expected)
                .allSatisfy(name -> assertThat(text).containsPattern("(?m)^" + name + "(\\{[^}]*})? [0-9.eE+]+"));
    }

    @Test
    void theCommittedContractIsTheServedOne() throws IOException {
        String served =
                given().when().get(openapi).then().statusCode(200).extract().asString();
        Path committed = Path.of("contract", "openapi.yaml");

        if (Boolean.getBoolean("contract.update")) {
            Files.createDirectories(committed.getParent());
            Files.writeString(committed, served);
        }
        assertThat(committed).as("run the tests with -Dcontract.update=true").exists();
        assertThat(YAML.readTree(Files.readString(committed)))
                .as("contract/openapi.yaml is out of date: run the tests with -Dcontract.update=true")
                .isEqualTo(YAML.readTree(served));
    }

    @TestFactory
    List<DynamicTest> noOperationAnswersWithoutAToken() throws IOException {
        return protectedOperations()
                .map(operation -> DynamicTest.dynamicTest(
                        operation.toString(),
                        () -> call(operation, null).then().spec(Problems.problem(401, "unauthorized"))))
                .toList();
    }

    @TestFactory
    List<DynamicTest> noOperationAnswersARoleItDoesNotName() throws IOException {
        return protectedOperations()
                .map(operation -> DynamicTest.dynamicTest(
                        operation.toString(),
                        () -> call(operation, Tokens.ofNobody()).then().spec(Problems.problem(403, "forbidden"))))
                .toList();
    }

    @Test
    void aTokenThatIsNotAnAccessTokenIsRefused() {
        String idToken = Tokens.claims(UUID.randomUUID().toString(), "operator")
                .jws()
                .keyId(TestKey.KEY_ID)
                .sign(TestKey.privateKey());

        given().auth()
                .oauth2(idToken)
                .when()
                .get("/v1/dead-letters")
                .then()
                .spec(Problems.problem(401, "unauthorized"));
    }

    @Test
    void aTokenOfAnotherIssuerOrAudienceIsRefused() {
        String foreign = Tokens.sign(
                Tokens.claims(UUID.randomUUID().toString(), "operator").audience("somebody-else"));

        given().auth()
                .oauth2(foreign)
                .when()
                .get("/v1/dead-letters")
                .then()
                .spec(Problems.problem(401, "unauthorized"));
    }

    @Test
    void anUnknownPathIsAProblem() {
        given().auth()
                .oauth2(Tokens.operator())
                .when()
                .get("/v1/no-such-thing")
                .then()
                .spec(Problems.problem(404, "not-found"));
    }

    @Test
    void anEventOfAnUnknownTypeIsRefused() {
        given().auth()
                .oauth2(Tokens.service("test-service"))
                .contentType("application/cloudevents+json")
                .body("""
                        {"specversion":"1.0","id":"1","source":"test-service","type":"no.such.type.v1",
                         "time":"2026-01-01T00:00:00Z","data":{}}""")
                .when()
                .post("/v1/inbox")
                .then()
                .spec(Problems.problem(422, "unknown-event-type"));
    }

    @Test
    void deadLettersAreListedAndAnUnknownOneCannotBeRetried() {
        given().auth()
                .oauth2(Tokens.operator())
                .when()
                .get("/v1/dead-letters")
                .then()
                .statusCode(200)
                .body("data", notNullValue());
        given().auth()
                .oauth2(Tokens.operator())
                .when()
                .post("/v1/dead-letters/" + UUID.randomUUID() + "/retry")
                .then()
                .spec(Problems.problem(404, "not-found"));
    }

    @Test
    void theCorrelationIdOfTheRequestIsAnswered() {
        given().header("X-Correlation-Id", "order-4711")
                .auth()
                .oauth2(Tokens.operator())
                .when()
                .get("/v1/dead-letters")
                .then()
                .header("X-Correlation-Id", "order-4711");
    }

    private static Response call(Operation operation, String token) {
        var request = given().redirects().follow(false);
        if (token != null) {
            request.auth().oauth2(token);
        }
        if (operation.contentType() != null) {
            request.contentType(operation.contentType()).body("{}");
        }
        return request.when()
                .request(
                        Method.valueOf(operation.verb().toUpperCase(java.util.Locale.ROOT)),
                        operation
                                .path()
                                .replaceAll("\\{[^}]*}", UUID.randomUUID().toString()));
    }

    private Stream<Operation> protectedOperations() throws IOException {
        JsonNode document = YAML.readTree(
                given().when().get(openapi).then().statusCode(200).extract().asString());
        List<Operation> operations = new ArrayList<>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(verb -> {
                    if (VERBS.contains(verb.getKey())
                            && !verb.getValue().path("security").isEmpty()) {
                        JsonNode content = verb.getValue().path("requestBody").path("content");
                        operations.add(new Operation(
                                verb.getKey(),
                                path.getKey(),
                                content.isEmpty() ? null : content.fieldNames().next()));
                    }
                }));
        assertThat(operations).isNotEmpty();
        return operations.stream();
    }

    private record Operation(String verb, String path, String contentType) {
        @Override
        public String toString() {
            return verb + " " + path;
        }
    }
}

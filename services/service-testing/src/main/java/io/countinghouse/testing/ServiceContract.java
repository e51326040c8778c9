package io.countinghouse.testing;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.oneOf;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.quarkus.test.common.http.TestHTTPResource;
import io.restassured.response.Response;
import io.restassured.specification.ResponseSpecification;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
public abstract class ServiceContract extends FrontDoorContract {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    @TestHTTPResource(value = "/health", management = true)
    URI health;

    @TestHTTPResource(value = "/metrics", management = true)
    URI metrics;

    @TestHTTPResource("/openapi")
    URI openapi;

    /** Names of the counters in /metrics, such as {@code usage_metrics_fetched_total}. */
    protected abstract List<String> counters();

    /** How a path says no: as a problem, unless it speaks a protocol of others. */
    protected ResponseSpecification refusal(String path, int status, String slug) {
        return Problems.problem(status, slug);
    }

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
                        () -> operation.call(null).then().spec(refusal(operation.path(), 401, "unauthorized"))))
                .toList();
    }

    @TestFactory
    List<DynamicTest> noOperationAnswersARoleItDoesNotName() throws IOException {
        return protectedOperations()
                .map(operation -> DynamicTest.dynamicTest(
                        operation.toString(),
                        () -> operation
                                .call(Tokens.ofNobody())
                                .then()
                                .spec(refusal(operation.path(), 403, "forbidden"))))
                .toList();
    }

    @TestFactory
    List<DynamicTest> eachListRefusesALimitOutOfRange() throws IOException {
        return protectedOperations()
                .filter(operation -> operation.typedQueries().contains("limit"))
                .map(operation -> DynamicTest.dynamicTest(
                        operation.toString(),
                        () -> operation.asSomeoneAllowed("?limit=0").then().spec(Problems.invalid("limit"))))
                .toList();
    }

    @TestFactory
    List<DynamicTest> eachQueryThatIsNotOfItsTypeIsRefused() throws IOException {
        return protectedOperations()
                .flatMap(operation -> operation.typedQueries().stream()
                        .map(query -> DynamicTest.dynamicTest(
                                operation + "?" + query,
                                () -> operation
                                        .asSomeoneAllowed("?" + query + "=no,such;thing")
                                        .then()
                                        .spec(Problems.problem(400, "validation")))))
                .toList();
    }

    @TestFactory
    List<DynamicTest> noOperationFindsWhatDoesNotExist() throws IOException {
        return protectedOperations()
                .filter(operation -> operation.path().contains("{") && operation.contentType() == null)
                .map(operation -> DynamicTest.dynamicTest(
                        operation.toString(),
                        () -> operation.asSomeoneAllowed("").then().spec(Problems.problem(404, "not-found"))))
                .toList();
    }

    /** HTTP clients attach the token that they have to every call, also where none is needed. */
    @TestFactory
    List<DynamicTest> noOperationThatNeedsNoTokenLooksAtABadOne() throws IOException {
        return operations(false)
                .map(operation -> DynamicTest.dynamicTest(operation.toString(), () -> {
                    int without = operation.call(null).statusCode();

                    Response answer = operation.call("x.e30.x");

                    assertThat(answer.statusCode()).isEqualTo(without);
                }))
                .toList();
    }

    @TestFactory
    List<DynamicTest> noOperationTakesABodyOfAnotherType() throws IOException {
        return protectedOperations()
                .filter(operation -> operation.contentType() != null)
                .map(operation -> DynamicTest.dynamicTest(
                        operation.toString(),
                        () -> operation
                                .sending("text/plain")
                                .call(Tokens.operator())
                                .then()
                                .statusCode(is(oneOf(403, 415)))))
                .toList();
    }

    /** Java's own text of an answer, under whatever type was asked for, is nothing that anybody reads. */
    @TestFactory
    List<DynamicTest> noOperationAnswersInATypeThatItDoesNotServe() throws IOException {
        return protectedOperations()
                .map(operation -> DynamicTest.dynamicTest(operation.toString(), () -> {
                    Response answer = operation.callFor(Tokens.operator(), "text/csv");

                    Map<Integer, String> right = Map.of(403, "forbidden", 404, "not-found", 406, "not-acceptable");
                    assertThat(answer.statusCode()).isIn(right.keySet());
                    answer.then().spec(refusal(operation.path(), answer.statusCode(), right.get(answer.statusCode())));
                }))
                .toList();
    }

    @TestFactory
    List<DynamicTest> noOperationKeepsATextThatNothingCanKeep() throws IOException {
        return protectedOperations()
                .filter(operation -> operation.contentType() != null)
                .map(operation -> DynamicTest.dynamicTest(
                        operation.toString(),
                        () -> operation
                                .callWith(Tokens.operator(), "{\"\\ud800\":\"\\u0000\"}")
                                .then()
                                .statusCode(is(both(greaterThanOrEqualTo(400)).and(lessThan(500))))))
                .toList();
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
    void theCorrelationIdOfTheRequestIsAnswered() {
        given().header("X-Correlation-Id", "order-4711")
                .auth()
                .oauth2(Tokens.operator())
                .when()
                .get("/v1/dead-letters")
                .then()
                .header("X-Correlation-Id", "order-4711");
    }

    @Test
    void aDeadLetterIsListedAndDeliveredAgainOnce() throws SQLException {
        UUID letter = deadLetter();

        given().auth()
                .oauth2(Tokens.operator())
                .when()
                .get("/v1/dead-letters?limit=1000")
                .then()
                .statusCode(200)
                .body("data.id", hasItem(letter.toString()));
        given().auth()
                .oauth2(Tokens.operator())
                .when()
                .post("/v1/dead-letters/" + letter + "/retry")
                .then()
                .statusCode(202);
        given().auth()
                .oauth2(Tokens.operator())
                .when()
                .post("/v1/dead-letters/" + letter + "/retry")
                .then()
                .spec(Problems.problem(404, "not-found"));
    }

    private static UUID deadLetter() throws SQLException {
        UUID id = UUID.randomUUID();
        try (var database = TestDatabase.ofApplicationAsOwner();
                var insert = database.prepareStatement("""
                        insert into outbox_event
                            (id, event_id, destination, type, occurred_at, data, state, attempts, next_attempt_at)
                        values (?, ?, 'audit-log-service', 'test.letter.written.v1', now(), '{}', 'dead', 20, now())
                        """)) {
            insert.setObject(1, id);
            insert.setObject(2, UUID.randomUUID());
            insert.executeUpdate();
        }
        return id;
    }

    private Stream<ServedOperation> protectedOperations() throws IOException {
        List<ServedOperation> operations = operations(true).toList();
        assertThat(operations).isNotEmpty();
        return operations.stream();
    }

    private Stream<ServedOperation> operations(boolean needToken) throws IOException {
        return ServedOperation.allOf(openapi).stream().filter(operation -> operation.needsToken() == needToken);
    }
}

package io.countinghouse.usage;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.countinghouse.testing.Problems;
import io.countinghouse.testing.TestDatabase;
import io.countinghouse.testing.Tokens;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a service does while its database takes no writes, as a primary that was made a standby does. */
@QuarkusTest
class ReadOnlyDatabaseTest {

    @TestHTTPResource(value = "/health/ready", management = true)
    URI ready;

    private final Set<Integer> before = new HashSet<>();

    @BeforeEach
    void writes() throws SQLException {
        define().then().statusCode(201);
        await().until(this::isReady);
        before.addAll(backends());
    }

    @AfterEach
    void takesWritesAgain() {
        TestDatabase.takeWrites(true);
        await().until(() -> isReady() && define().statusCode() == 201);
    }

    @Test
    void aWriteIsRefusedForNowAndThePodIsNotReady() {
        // Given
        TestDatabase.takeWrites(false);
        await().until(() -> !isReady());

        // When
        Response answer = define();

        // Then
        answer.then().spec(Problems.problem(503, "overloaded")).header("Retry-After", Matchers.notNullValue());
        given().get(ready)
                .then()
                .statusCode(503)
                .body("checks[0].data.database", Matchers.is("down"))
                .body("checks[0].data.reason", Matchers.is("ReadOnlyServerException"));
    }

    @Test
    void connectionsToAServerThatTakesNoWritesAreThrownAway() throws SQLException {
        // Given
        assertThat(before).isNotEmpty();

        // When
        TestDatabase.takeWrites(false);
        await().until(() -> backends().stream().noneMatch(before::contains));
        TestDatabase.takeWrites(true);

        // Then
        await().until(this::isReady);
        assertThat(define().statusCode()).isEqualTo(201);
        assertThat(backends()).doesNotContainAnyElementsOf(before);
    }

    private boolean isReady() {
        return given().get(ready).statusCode() == 200;
    }

    private static Response define() {
        return given().auth()
                .oauth2(Tokens.operator())
                .contentType("application/json")
                .body(UsageRequests.meterBody(
                        "m" + java.util.UUID.randomUUID().toString().replace("-", ""), "count", null))
                .post("/v1/usage/meters");
    }

    /** The processes that serve this service's pool. */
    private static Set<Integer> backends() throws SQLException {
        try (Connection owner = TestDatabase.ofApplicationAsOwner();
                var rows = owner.createStatement()
                        .executeQuery("select pid from pg_stat_activity where datname = current_database()"
                                + " and application_name = 'usage-service'")) {
            Set<Integer> backends = new HashSet<>();
            while (rows.next()) {
                backends.add(rows.getInt(1));
            }
            return backends;
        }
    }
}

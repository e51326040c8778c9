package io.countinghouse.usage.event;

import static io.countinghouse.testing.Problems.problem;
import static io.countinghouse.usage.UsageRequests.BATCH;
import static io.countinghouse.usage.UsageRequests.EVENT;
import static io.countinghouse.usage.UsageRequests.event;
import static io.countinghouse.usage.UsageRequests.meter;
import static io.countinghouse.usage.UsageRequests.post;
import static io.countinghouse.usage.UsageRequests.total;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import io.countinghouse.testing.TestDatabase;
import io.countinghouse.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** What holds for events whatever the code above the database does, and whoever asks at the same moment. */
@QuarkusTest
class UsageEventGuaranteesTest {

    private final UUID tenant = UUID.randomUUID();
    private final String owner = Tokens.of(tenant, "owner");
    private final String sender = Tokens.scoped(tenant, "usage:write");

    @Test
    void rowLevelSecurityHidesOtherTenantsFromAQueryWithoutAnyCondition() throws SQLException {
        // Given
        post(sender, EVENT, event("x", "e1", "2026-01-05T10:00:00Z", Map.of()));

        // When
        int own = countEventsAs(tenant.toString());
        int others = countEventsAs(UUID.randomUUID().toString());
        int unset = countEventsAs("");

        // Then
        assertThat(own).isEqualTo(1);
        assertThat(others).isZero();
        assertThat(unset).isZero();
    }

    @Test
    void whatWasUsedCannotBeRewrittenInTheDatabase() throws SQLException {
        post(sender, EVENT, event("x", "e1", "2026-01-05T10:00:00Z", Map.of()));

        try (Connection connection = TestDatabase.ofApplicationAsOwner();
                Statement statement = connection.createStatement()) {
            Assertions.assertThatThrownBy(() ->
                            statement.execute("update usage_event set time = now() where tenant_id = '" + tenant + "'"))
                    .hasMessageContaining("is final");
        }
    }

    @Test
    void theSameKeyFiftyTimesAtOnceHasOneEffectAndFiftyEqualAnswers() throws Exception {
        // Given
        String meter = meter("count", null);
        String key = UUID.randomUUID().toString();
        Callable<Response> request = () -> given().auth()
                .oauth2(sender)
                .header("Idempotency-Key", key)
                .contentType(EVENT)
                .body(event(meter, "once", "2026-01-05T10:00:00Z", Map.of()))
                .when()
                .post("/v1/usage/events");

        // When
        List<Response> answers;
        try (ExecutorService pool = Executors.newFixedThreadPool(50)) {
            List<Future<Response>> running = pool.invokeAll(java.util.Collections.nCopies(50, request));
            answers = running.stream().map(Future::resultNow).toList();
        }

        // Then
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.asString()).isEqualTo("{\"accepted\":1,\"duplicates\":0}");
        });
        assertThat(answers.stream().filter(answer -> answer.header("Idempotency-Replayed") == null))
                .hasSize(1);
        total(owner, meter, "").then().body("data[0].value", is("1"));
    }

    @Test
    void theSameKeyWithAnotherBodyIsRefused() {
        // Given
        String key = UUID.randomUUID().toString();
        postWithKey(key, event("x", "e1", "2026-01-05T10:00:00Z", Map.of()))
                .then()
                .statusCode(200);

        // When
        Response answer = postWithKey(key, event("x", "e2", "2026-01-05T10:00:00Z", Map.of()));

        // Then
        answer.then().spec(problem(422, "idempotency-key-reused"));
    }

    /** Somebody else holds a name in the middle: when it is given free, both batches have written all that they could before. */
    @Test
    void batchesWithTheSameNamesInOppositeOrdersAtOnceNeverBlockEachOther() throws Exception {
        // Given
        String meter = meter("sum", "v");
        List<String> events = IntStream.range(0, 300)
                .mapToObj(i -> event(meter, "e" + i, "2026-01-05T10:00:00Z", Map.of("v", 1)))
                .toList();
        Callable<Response> forward = () -> post(sender, BATCH, "[" + String.join(",", events) + "]");
        Callable<Response> backward = () -> post(sender, BATCH, "[" + String.join(",", events.reversed()) + "]");

        // When
        List<Response> answers;
        try (ExecutorService pool = Executors.newFixedThreadPool(2);
                Connection other = TestDatabase.ofApplicationAsOwner()) {
            other.setAutoCommit(false);
            holdName(other, "e150");
            List<Future<Response>> running = List.of(pool.submit(forward), pool.submit(backward));
            TestDatabase.awaitWaiting(2);
            other.rollback();
            answers = List.of(running.getFirst().get(), running.getLast().get());
        }

        // Then
        assertThat(answers).extracting(Response::statusCode).containsOnly(200);
        assertThat(answers.stream().map(answer -> answer.<Integer>path("accepted")))
                .containsExactlyInAnyOrder(300, 0);
        total(owner, meter, "").then().body("data[0].value", is("300"));
    }

    private void holdName(Connection connection, String id) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("insert into usage_event (id, tenant_id, source, event_id, type, time, received_at)"
                    + " values (gen_random_uuid(), '" + tenant + "', 'test', '" + id + "', 'x', now(), now())");
        }
    }

    private Response postWithKey(String key, String body) {
        return given().auth()
                .oauth2(sender)
                .header("Idempotency-Key", key)
                .contentType(EVENT)
                .body(body)
                .when()
                .post("/v1/usage/events");
    }

    private static int countEventsAs(String scope) throws SQLException {
        try (Connection connection = TestDatabase.ofApplication();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select set_config('app.tenant', '" + scope + "', true)");
            try (var rows = statement.executeQuery("select count(*) from usage_event")) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }
}

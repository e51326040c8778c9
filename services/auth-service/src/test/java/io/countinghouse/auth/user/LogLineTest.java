package io.countinghouse.auth.user;

import static io.countinghouse.testing.Problems.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.countinghouse.auth.People;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every service's log lines name; tried where a refused request makes one. */
@QuarkusTest
class LogLineTest {

    private final Queue<Map<String, String>> contexts = new ConcurrentLinkedQueue<>();

    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord line) {
            contexts.add(ExtLogRecord.wrap(line).getMdcCopy());
        }

        @Override
        public void flush() {
            // Nothing is buffered.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    };

    @BeforeEach
    void listen() {
        Logger.getLogger("io.countinghouse.defaults.problem.ProblemMappers").addHandler(listener);
    }

    @AfterEach
    void stopListening() {
        Logger.getLogger("io.countinghouse.defaults.problem.ProblemMappers").removeHandler(listener);
    }

    @Test
    void aLineNamesTenantCorrelationIdAndTrace() {
        // Given
        People.Person owner = People.owner();
        String correlation = "log-line-" + UUID.randomUUID();

        // When
        given().auth()
                .oauth2(People.login(owner).accessToken())
                .header("X-Correlation-Id", correlation)
                .contentType(ContentType.JSON)
                .body(Map.of(
                        "email", owner.email(), "name", "Twin", "role", "viewer", "password", "another long password"))
                .post("/v1/auth/users")
                .then()
                .spec(problem(409, "email-taken"));

        // Then
        assertThat(contexts)
                .filteredOn(context -> correlation.equals(context.get("correlation_id")))
                .isNotEmpty()
                .allSatisfy(context -> assertThat(context)
                        .containsEntry("tenant_id", owner.tenant().toString())
                        .containsKey("traceId"));
    }
}

package io.countinghouse.auth;

import static io.countinghouse.testing.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;

import io.countinghouse.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every service answers when its database refuses what no check did. The checks are complete as far as anybody knows, so
 * the tests give the database rules of their own.
 */
@QuarkusTest
class DatabaseRefusalTest {

    private static final PatternFormatter MESSAGE_AND_TRACE = new PatternFormatter("%s%e");

    private final String name = "Refused " + UUID.randomUUID();
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord line) {
            lines.add(MESSAGE_AND_TRACE.format(ExtLogRecord.wrap(line)));
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
        Logger.getLogger("").addHandler(listener);
    }

    @AfterEach
    void takeTheRulesBack() throws SQLException {
        Logger.getLogger("").removeHandler(listener);
        execute(
                "alter table tenant drop constraint if exists only_for_test",
                "drop index if exists only_for_test_key",
                "drop trigger if exists only_for_test on tenant",
                "drop function if exists only_for_test()");
    }

    @Test
    void whatARuleOfTheDatabaseRefusesIsUnprocessable() throws SQLException {
        // Given
        execute("alter table tenant add constraint only_for_test check (name <> '" + name + "')");

        // When
        ValidatableResponse answer = signUp();

        // Then
        answer.spec(problem(422, "value-refused"));
        assertThat(lines)
                .anyMatch(line ->
                        line.contains("constraint only_for_test refused what no check did") && line.contains("23514"))
                .noneMatch(line -> line.contains(name));
    }

    @Test
    void whatThereIsAlreadyIsAConflict() throws SQLException {
        // Given
        execute("create unique index only_for_test_key on tenant (name) where name = '" + name + "'");
        signUp();

        // When
        ValidatableResponse answer = signUp();

        // Then
        answer.spec(problem(409, "already-exists"));
    }

    @Test
    void aFaultThatNobodyForesawIsLoggedWithoutTheValuesOfTheRequest() throws SQLException {
        // Given
        execute(
                "create function only_for_test() returns trigger language plpgsql as"
                        + " $$ begin raise exception 'no %', new.name; end $$",
                "create trigger only_for_test before insert on tenant for each row when (new.name = '" + name
                        + "') execute function only_for_test()");

        // When
        ValidatableResponse answer = signUp();

        // Then
        answer.spec(problem(500, "internal"));
        assertThat(lines)
                .anyMatch(line -> line.contains("unexpected failure") && line.contains("P0001"))
                .noneMatch(line -> line.contains(name));
    }

    private ValidatableResponse signUp() {
        return People.from(People.elsewhere())
                .contentType(ContentType.JSON)
                .body(Map.of(
                        "tenant_name",
                        name,
                        "name",
                        "Ada",
                        "email",
                        "ada-" + UUID.randomUUID() + "@example.com",
                        "password",
                        People.PASSWORD))
                .post("/v1/auth/signup")
                .then();
    }

    private static void execute(String... statements) throws SQLException {
        try (Connection database = TestDatabase.ofApplicationAsOwner();
                Statement statement = database.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}

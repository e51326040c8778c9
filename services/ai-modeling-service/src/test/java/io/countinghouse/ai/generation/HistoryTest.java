package io.countinghouse.ai.generation;

import static io.countinghouse.testing.Problems.invalid;
import static io.countinghouse.testing.Problems.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.countinghouse.ai.Stubs;
import io.countinghouse.testing.StubService;
import io.countinghouse.testing.TestDatabase;
import io.countinghouse.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class HistoryTest {

    private final UUID tenant = UUID.randomUUID();

    @BeforeEach
    void answers() {
        StubService.reset();
        Stubs.fourWeeksOfUsage();
    }

    @Test
    void whatWasGeneratedIsKeptAsItWasAnswered() {
        // Given
        ValidatableResponse made = generate(tenant, "forecast");
        String id = made.extract().path("id");

        // When
        ValidatableResponse kept = get("/v1/ai/history/" + id, Tokens.of(tenant, "viewer"));

        // Then
        kept.statusCode(200)
                .body("id", is(id))
                .body("output", is(made.extract().<Map<String, Object>>path("output")))
                .body("usage.input_tokens", is(28))
                .body("input.meter", is("tokens"))
                .body("input.to", is("2026-03-30T00:00:00Z"));
    }

    @Test
    void theHistoryIsNewestFirstInPages() {
        // Given
        String older = generate(tenant, "forecast").extract().path("id");
        String newer = generate(tenant, "explain").extract().path("id");

        // When
        ValidatableResponse first = get("/v1/ai/history?limit=1", Tokens.of(tenant, "viewer"));

        // Then
        first.statusCode(200).body("data.id", is(List.of(newer))).body("next", is(newer));
        get("/v1/ai/history?limit=1&after=" + newer, Tokens.of(tenant, "viewer"))
                .statusCode(200)
                .body("data.id", is(List.of(older)))
                .body("next", nullValue());
    }

    @Test
    void theHistoryCanBeOfOneOperation() {
        generate(tenant, "forecast");
        String id = generate(tenant, "explain").extract().path("id");

        get("/v1/ai/history?operation=explain", Tokens.of(tenant, "viewer")).body("data.id", is(List.of(id)));
    }

    @Test
    void anUnknownOperationIsRefused() {
        get("/v1/ai/history?operation=x", Tokens.of(tenant, "viewer")).spec(invalid("operation"));
    }

    @Test
    void aGenerationOfAnotherTenantIsNotFound() {
        String id = generate(UUID.randomUUID(), "forecast").extract().path("id");

        get("/v1/ai/history/" + id, Tokens.of(tenant, "owner")).spec(problem(404, "not-found"));
    }

    @Test
    void anotherTenantsHistoryIsNotSeen() {
        generate(UUID.randomUUID(), "forecast");

        get("/v1/ai/history", Tokens.of(tenant, "owner")).statusCode(200).body("data.size()", is(0));
    }

    @Test
    void anotherTenantsHistoryCannotBeNamed() {
        get("/v1/ai/history?tenant_id=" + UUID.randomUUID(), Tokens.of(tenant, "owner"))
                .spec(problem(404, "not-found"));
    }

    @Test
    void theOperatorNamesTheTenant() {
        generate(tenant, "forecast");

        get("/v1/ai/history?tenant_id=" + tenant, Tokens.operator()).body("data.size()", is(1));
        get("/v1/ai/history", Tokens.operator()).spec(invalid("tenant_id"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"modeling_input", "modeling_output"})
    void rowLevelSecurityHidesWhatAQueryForgot(String table) throws SQLException {
        generate(tenant, "forecast");
        generate(UUID.randomUUID(), "forecast");

        assertThat(tenantsSeen(table)).isEqualTo(tenant.toString());
    }

    private String tenantsSeen(String table) throws SQLException {
        try (Connection connection = TestDatabase.ofApplication();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set local app.tenant = '" + tenant + "'");
            try (ResultSet row =
                    statement.executeQuery("select string_agg(distinct tenant_id::text, ',') from " + table)) {
                row.next();
                return row.getString(1);
            }
        }
    }

    private static ValidatableResponse generate(UUID tenant, String operation) {
        return given().auth()
                .oauth2(Tokens.of(tenant, "owner"))
                .contentType(ContentType.JSON)
                .body(Map.of(
                        "operation", operation,
                        "meter", "tokens",
                        "from", "2026-03-01T00:00:00Z",
                        "to", "2026-03-30T00:00:00Z"))
                .post("/v1/ai/generate")
                .then()
                .statusCode(201);
    }

    private static ValidatableResponse get(String path, String token) {
        return given().auth().oauth2(token).get(path).then();
    }
}

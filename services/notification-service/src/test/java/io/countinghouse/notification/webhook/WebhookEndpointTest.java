package io.countinghouse.notification.webhook;

import static io.countinghouse.notification.Api.delete;
import static io.countinghouse.notification.Api.get;
import static io.countinghouse.notification.Api.post;
import static io.countinghouse.notification.Api.put;
import static io.countinghouse.notification.Api.with;
import static io.countinghouse.testing.Problems.invalid;
import static io.countinghouse.testing.Problems.problem;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.countinghouse.notification.MailServer;
import io.countinghouse.testing.TestDatabase;
import io.countinghouse.testing.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(MailServer.class)
class WebhookEndpointTest {

    private static final String PATH = "/v1/webhook-endpoints";
    private static final Map<String, Object> ENDPOINT = Map.of("url", "http://localhost:1/hook");

    private final UUID tenant = UUID.randomUUID();
    private final String owner = Tokens.of(tenant, "owner");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ftp://example.com/",
                "example.com",
                "http://",
                "https://user:pw@localhost/",
                "http://localhost/#top",
                "http://localhost:0/",
                "http://localhost:65536/",
                "http://localhost:99999/",
                "http://localhost:99999999999/",
                "https://LOCALHOST:0/",
                "jar:http://localhost/",
                "gopher://localhost/"
            })
    void whatIsNoAddressToCallIsRefused(String url) {
        // When
        var answer = post(owner, PATH, Map.of("url", url));

        // Then
        answer.statusCode(url.isEmpty() ? 400 : 422)
                .contentType("application/problem+json")
                .body("errors.field", hasItem("url"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"url |", "url | http://local host/", "event_types | x", "tenant_id | 7", "enabled | perhaps"})
    void aFieldThatIsMissingOrWrongIsABadRequest(String field, String value) {
        // When
        var answer = post(owner, PATH, with(ENDPOINT, field, value));

        // Then
        answer.statusCode(400).contentType("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"url |", "url | http://local host/", "event_types | x", "tenant_id | 7", "enabled | perhaps"})
    void aChangeToSomethingWrongIsABadRequest(String field, String value) {
        // Given
        String path = PATH + "/" + created();

        // When
        var answer = put(owner, path, with(ENDPOINT, field, value));

        // Then
        answer.statusCode(400).contentType("application/problem+json");
        get(owner, path).body("url", is(ENDPOINT.get("url")));
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP://localhost:1/Hook?A=b, http://localhost:1/Hook?A=b",
        "Https://LOCALHOST:65535, https://localhost:65535",
        "hTTps://localhost/%7Euser, https://localhost/%7Euser"
    })
    void schemeAndHostHaveNoLetterCase(String url, String stored) {
        // When
        var answer = post(owner, PATH, Map.of("url", url));

        // Then
        answer.statusCode(201).body("url", is(stored));
    }

    @Test
    void theDatabaseKeepsNoUrlThatIsNone() {
        // Given
        String id = created();

        // When / Then
        assertThatThrownBy(() -> execute("update webhook_endpoint set url = 'HTTP://x/' where id = '" + id + "'"))
                .hasMessageContaining("webhook_endpoint_url_check");
    }

    @ParameterizedTest
    @ValueSource(strings = {"invoice.finalised", "invoice.invoice.paid.v1", "invoice.paid.v1", "billing.alert"})
    void anEventTypeThatNothingPublishesIsNamedBesideThoseThatThereAre(String type) {
        // When
        var created = post(owner, PATH, with(ENDPOINT, "event_types", List.of("invoice.paid", type)));
        var changed = put(owner, PATH + "/" + created(), with(ENDPOINT, "event_types", List.of(type)));

        // Then
        created.spec(problem(422, "webhook-event-type-unknown"))
                .body("errors.field", contains("event_types[1]"))
                .body("detail", containsString("is '" + type + "', and not one of invoice.finalized, invoice.paid,"));
        changed.spec(problem(422, "webhook-event-type-unknown")).body("errors.field", contains("event_types[0]"));
    }

    @Test
    void eachEventTypeThatThereIsCanBeAskedFor() {
        // Given
        List<String> types = List.of(
                "invoice.finalized",
                "invoice.paid",
                "invoice.credited",
                "invoice.voided",
                "invoice.payment_recorded",
                "invoice.credit_note_issued",
                "billing.alert_triggered",
                "billing.subscription_changed",
                "notification.sent");

        // When
        var answer = post(owner, PATH, with(ENDPOINT, "event_types", types));

        // Then
        answer.statusCode(201).body("event_types", is(types));
    }

    @Test
    void anEndpointIsChangedSwitchedOffAndOn() {
        // Given
        String path = PATH + "/" + created();
        Map<String, Object> body =
                Map.of("url", "http://localhost:1/new", "event_types", List.of("invoice.paid"), "enabled", false);

        // When
        var changed = put(owner, path, body);

        // Then
        changed.statusCode(200)
                .body("url", equalTo("http://localhost:1/new"))
                .body("event_types[0]", equalTo("invoice.paid"))
                .body("enabled", is(false));
        put(owner, path, with(body, "enabled", true)).statusCode(200).body("enabled", is(true));
    }

    @Test
    void anEventTypeThatIsNoneIsNamed() {
        // When
        var answer = post(owner, PATH, with(ENDPOINT, "event_types", List.of("Not A Type")));

        // Then
        answer.statusCode(400).body("errors.field", contains("event_types[0]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"billing", "member", "viewer", "usage:read"})
    void whoMayNotKeepEndpointsIsForbidden(String role) {
        // Given
        String token = Tokens.of(tenant, role);

        // When / Then
        post(token, PATH, ENDPOINT).spec(problem(403, "forbidden"));
        get(token, PATH).spec(problem(403, "forbidden"));
    }

    @Test
    void anEndpointOfAnotherTenantDoesNotExist() {
        // Given
        String path = PATH + "/" + created();
        String stranger = Tokens.of(UUID.randomUUID(), "owner");

        // When / Then
        get(stranger, path).spec(problem(404, "not-found"));
        put(stranger, path, ENDPOINT).spec(problem(404, "not-found"));
        delete(stranger, path).spec(problem(404, "not-found"));
        post(stranger, path + "/rotate-secret", "").spec(problem(404, "not-found"));
        get(stranger, PATH).body("data.size()", is(0));
        get(stranger, PATH + "?tenant_id=" + tenant).spec(problem(404, "not-found"));
        post(stranger, PATH, with(ENDPOINT, "tenant_id", tenant.toString())).spec(problem(404, "not-found"));
        get(owner, path).statusCode(200);
    }

    @Test
    void anEndpointThatIsNotThereIsNotFound() {
        // Given
        String path = PATH + "/" + UUID.randomUUID();

        // When / Then
        get(owner, path).spec(problem(404, "not-found"));
        put(owner, path, ENDPOINT).spec(problem(404, "not-found"));
        delete(owner, path).spec(problem(404, "not-found"));
        post(owner, path + "/rotate-secret", "").spec(problem(404, "not-found"));
    }

    @Test
    void theOperatorNamesTheTenant() {
        // When
        var unnamed = post(Tokens.operator(), PATH, ENDPOINT);
        var named = post(Tokens.operator(), PATH, with(ENDPOINT, "tenant_id", tenant.toString()));

        // Then
        unnamed.spec(invalid("tenant_id"));
        String id = named.statusCode(201).extract().path("id");
        get(owner, PATH).body("data.id", contains(id));
        get(Tokens.operator(), PATH + "?tenant_id=" + tenant).body("data.id", contains(id));
    }

    @Test
    void aListIsOldestFirstInPages() {
        // Given
        String first = created();
        String second = created();

        // When
        String next = get(owner, PATH + "?limit=1")
                .statusCode(200)
                .body("data.id", contains(first))
                .extract()
                .path("next");

        // Then
        get(owner, PATH + "?limit=1&after=" + next)
                .body("data.id", contains(second))
                .body("next", nullValue());
    }

    @Test
    void aTenantHasNoMoreEndpointsThanAllowed() {
        // Given
        for (int n = 0; n < 20; n++) {
            created();
        }

        // When
        var answer = post(owner, PATH, ENDPOINT);

        // Then
        answer.spec(problem(409, "too-many-webhook-endpoints"));
    }

    private static void execute(String statement) throws SQLException {
        try (var connection = TestDatabase.ofApplicationAsOwner();
                var sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    private String created() {
        return post(owner, PATH, ENDPOINT).statusCode(201).extract().path("id");
    }
}

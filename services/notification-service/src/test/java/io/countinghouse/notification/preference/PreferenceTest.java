package io.countinghouse.notification.preference;

import static io.countinghouse.notification.Api.get;
import static io.countinghouse.notification.Api.put;
import static io.countinghouse.testing.Problems.invalid;
import static io.countinghouse.testing.Problems.problem;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import io.countinghouse.notification.MailServer;
import io.countinghouse.testing.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(MailServer.class)
class PreferenceTest {

    private static final String PATH = "/v1/notification-preferences";

    private final UUID tenant = UUID.randomUUID();
    private final String owner = Tokens.of(tenant, "owner");

    @Test
    void everythingIsWantedAtFirst() {
        // When
        var answer = get(owner, PATH);

        // Then
        answer.statusCode(200)
                .body("categories.alerts.enabled", is(true))
                .body("categories.alerts.changeable", is(true))
                .body("categories.invoices.enabled", is(true))
                .body("categories.invoices.changeable", is(false));
    }

    @Test
    void aCategoryIsSwitchedOffAndOnAgain() {
        // Given
        put(owner, PATH, Map.of("categories", Map.of("alerts", false, "announcements", false)))
                .statusCode(200)
                .body("categories.alerts.enabled", is(false));

        // When
        var answer = put(owner, PATH, Map.of("categories", Map.of("announcements", false)));

        // Then
        answer.statusCode(200);
        get(owner, PATH)
                .body("categories.alerts.enabled", is(true))
                .body("categories.announcements.enabled", is(false));
        put(owner, PATH, Map.of("categories", Map.of())).body("categories.announcements.enabled", is(true));
    }

    @Test
    void whatHasToArriveCannotBeSwitchedOff() {
        // When
        var answer = put(owner, PATH, Map.of("categories", Map.of("invoices", false)));

        // Then
        answer.spec(problem(422, "transactional-category")).body("errors.field", contains("categories.invoices"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{}",
                "{\"categories\": {\"gossip\": false}}",
                "{\"categories\": {\"alerts\": \"no\"}}",
                "{\"categories\": {\"alerts\": null}}",
                "{\"categories\": {}, \"unknown\": 1}"
            })
    void aBodyThatIsNoPreferencesIsABadRequest(String body) {
        // When
        var answer = put(owner, PATH, body);

        // Then
        answer.statusCode(400).contentType("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"billing", "member", "viewer"})
    void whoMayOnlyReadDoesNotChange(String role) {
        // Given
        String token = Tokens.of(tenant, role);

        // When / Then
        get(token, PATH).statusCode(200);
        put(token, PATH, Map.of("categories", Map.of())).spec(problem(403, "forbidden"));
    }

    @Test
    void anotherTenantIsNotThere() {
        // When / Then
        get(owner, PATH + "?tenant_id=" + UUID.randomUUID()).spec(problem(404, "not-found"));
        put(
                        owner,
                        PATH,
                        Map.of(
                                "categories",
                                Map.of(),
                                "tenant_id",
                                UUID.randomUUID().toString()))
                .spec(problem(404, "not-found"));
    }

    @Test
    void theOperatorNamesTheTenant() {
        // When
        put(Tokens.operator(), PATH, Map.of("categories", Map.of("alerts", false), "tenant_id", tenant.toString()))
                .statusCode(200);

        // Then
        get(owner, PATH).body("categories.alerts.enabled", is(false));
        get(Tokens.operator(), PATH + "?tenant_id=" + tenant).body("categories.alerts.enabled", is(false));
        get(Tokens.operator(), PATH).spec(invalid("tenant_id"));
    }
}

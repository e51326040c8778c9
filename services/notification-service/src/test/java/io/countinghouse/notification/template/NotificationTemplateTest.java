package io.countinghouse.notification.template;

import static io.countinghouse.notification.Api.delete;
import static io.countinghouse.notification.Api.get;
import static io.countinghouse.notification.Api.post;
import static io.countinghouse.notification.Api.postWithKey;
import static io.countinghouse.notification.Api.put;
import static io.countinghouse.notification.Api.with;
import static io.countinghouse.testing.Problems.invalid;
import static io.countinghouse.testing.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;

import io.countinghouse.notification.MailServer;
import io.countinghouse.testing.StubService;
import io.countinghouse.testing.TestDatabase;
import io.countinghouse.testing.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(MailServer.class)
class NotificationTemplateTest {

    private static final String PATH = "/v1/notification-templates";

    private static final String SUBSCRIPTION_CHANGED = "01980000-0000-7000-8000-000000000006";

    private final String operator = Tokens.operator();
    private final String name = "t-" + UUID.randomUUID();

    /** Other tests read the mail that comes with the product. */
    @AfterEach
    void theServicesOwnTemplateIsAsItCame() throws SQLException {
        try (var connection = TestDatabase.ofApplicationAsOwner();
                var statement = connection.createStatement()) {
            statement.execute("update notification_template t set current_version = (select max(version) from"
                    + " notification_template_version v where v.template_id = t.id and v.created_by = 'countinghouse')"
                    + " where name = 'subscription-changed'");
            statement.execute("delete from notification_template_version v using notification_template t"
                    + " where v.template_id = t.id and t.name = 'subscription-changed'"
                    + " and v.version > t.current_version");
        }
    }

    @Test
    void theOperatorDefinesATemplate() {
        // When
        var answer = post(operator, PATH, maintenance());

        // Then
        String id = answer.statusCode(201)
                .body("name", equalTo(name))
                .body("version", is(1))
                .body("built_in", is(false))
                .body("category", equalTo("announcements"))
                .body("variables", contains("date"))
                .extract()
                .path("id");
        answer.header("Location", equalTo(PATH + "/" + id));
        get(operator, PATH + "/" + id).statusCode(200).body("subject", equalTo("Maintenance on {date}"));
    }

    @Test
    void aChangeMakesANewVersionAndKeepsTheOld() {
        // Given
        String id = created();

        // When
        var answer = put(operator, PATH + "/" + id, with(maintenance(), "subject", "Moved to {date}"));

        // Then
        answer.statusCode(200).body("version", is(2)).body("subject", equalTo("Moved to {date}"));
        get(operator, PATH + "/" + id).body("version", is(2));
        get(operator, PATH + "/" + id + "/versions/1")
                .statusCode(200)
                .body("subject", equalTo("Maintenance on {date}"));
        get(operator, PATH + "/" + id + "/versions?limit=1")
                .statusCode(200)
                .body("data.version", contains(2))
                .body("next", equalTo("2"));
        get(operator, PATH + "/" + id + "/versions?after=2").statusCode(200).body("data.version", contains(1));
    }

    @Test
    void theTemplatesOfTheServiceItselfAreThere() {
        // When
        var answer = get(operator, PATH + "?limit=1000");

        // Then
        answer.statusCode(200)
                .body(
                        "data.findAll { it.built_in }.name",
                        hasItems(
                                "welcome",
                                "invoice-finalized",
                                "invoice-voided",
                                "payment-recorded",
                                "credit-note-issued",
                                "alert-triggered",
                                "charge-blocked",
                                "subscription-changed"));
    }

    @Test
    void aTemplateOfTheServiceItselfMayUseFewerVariables() {
        // Given
        String path = PATH + "/" + SUBSCRIPTION_CHANGED;

        // When
        var answer = put(operator, path, subscriptionChanged("Plan: {plan_code}", List.of("plan_code")));

        // Then
        answer.statusCode(200).body("variables", contains("plan_code"));
    }

    @Test
    void aVariableThatTheServiceDoesNotGiveIsRefusedByName() {
        // When
        var answer = put(
                operator,
                PATH + "/" + SUBSCRIPTION_CHANGED,
                subscriptionChanged("{plan_code} {discount}", List.of("plan_code", "discount")));

        // Then
        answer.spec(problem(422, "template-invalid"))
                .body("errors.field", contains("variables"))
                .body("detail", containsString("declares discount"))
                .body("detail", containsString("it gives change, plan_code, plan_version"));
    }

    @Test
    void theCategoryOfATemplateOfTheServiceItselfStays() {
        // When
        var answer = put(
                operator,
                PATH + "/" + SUBSCRIPTION_CHANGED,
                with(subscriptionChanged("{plan_code}", List.of("plan_code")), "category", "account"));

        // Then
        answer.spec(invalid("category"));
        get(operator, PATH + "/" + SUBSCRIPTION_CHANGED).body("category", equalTo("subscriptions"));
    }

    @Test
    void theDatabaseKeepsTheCategoryToo() throws SQLException {
        try (var connection = TestDatabase.ofApplicationAsOwner();
                var statement = connection.createStatement()) {
            // When / Then
            assertThatThrownBy(() -> statement.execute("update notification_template set category = 'announcements'"
                            + " where name = 'invoice-finalized'"))
                    .hasMessageContaining("stays in the category invoices");
        }
    }

    @Test
    void aVariableThatNoPartUsesIsNamed() {
        // When
        var answer = post(operator, PATH, with(maintenance(), "variables", List.of("date", "reason")));

        // Then
        answer.spec(problem(422, "template-invalid"))
                .body("errors.field", contains("variables"))
                .body("detail", containsString("declares reason, which no part uses"));
    }

    @Test
    void aStyleSheetIsTaken() {
        // When
        var answer = post(
                operator, PATH, with(maintenance(), "html", "<style>p{margin:0}</style><p>We are away on {date}.</p>"));

        // Then
        answer.statusCode(201);
    }

    @Test
    void aDeletedTemplateIsGoneAndItsNameStaysTaken() {
        // Given
        String id = created();

        // When
        var answer = delete(operator, PATH + "/" + id);

        // Then
        answer.statusCode(204);
        get(operator, PATH + "/" + id).spec(problem(404, "not-found"));
        post(operator, PATH, maintenance()).spec(problem(409, "template-exists"));
    }

    @Test
    void aTemplateOfTheServiceItselfCannotBeDeleted() {
        // When
        var answer = delete(operator, PATH + "/01980000-0000-7000-8000-000000000001");

        // Then
        answer.spec(problem(409, "template-built-in"));
    }

    @Test
    void aNameIsTakenOnce() {
        // Given
        created();

        // When
        var answer = post(operator, PATH, maintenance());

        // Then
        answer.spec(problem(409, "template-exists")).body("detail", containsString(name));
    }

    @Test
    void theNameOfATemplateNeverChanges() {
        // Given
        String id = created();

        // When
        var answer = put(operator, PATH + "/" + id, with(maintenance(), "name", "another"));

        // Then
        answer.spec(invalid("name"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "subject | Hello {nobody}",
                "text | Hello {nobody}",
                "html | <p>{nobody}</p>",
                "text | {#if date}open",
                "text | {date.length}",
                "text | {date.length()}",
                "text | {#each date}{it}{/each}",
                "text | {#for i in 10}{i}{/for}",
                "text | {config:secret}",
                "text | {inject:service}",
                "subject | On {{date}}",
                "text | On { date }",
                "html | <p>On {{ date }}</p>",
                "html | p{margin:0}",
                "text | {#if date > 3}later{/if}"
            })
    void aPartThatCannotBeRenderedIsRefused(String part, String source) {
        // When
        var answer = post(operator, PATH, with(maintenance(), part, source));

        // Then
        answer.spec(problem(422, "template-invalid")).body("errors.field", hasItem(part));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"name |", "name | Not A Name", "category |", "subject |", "subject | ''", "text |", "variables |"})
    void aFieldThatIsMissingOrWrongIsNamed(String field, String value) {
        // When
        var answer = post(operator, PATH, with(maintenance(), field, value));

        // Then
        answer.spec(invalid(field));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "{\"unknown\": 1}", "{\"category\": \"gossip\"}", "{\"variables\": \"date\"}"})
    void aBodyThatIsNoTemplateIsABadRequest(String body) {
        // When
        var answer = post(operator, PATH, body);

        // Then
        answer.statusCode(400).contentType("application/problem+json");
    }

    @Test
    void aSubjectOfTwoLinesIsRefused() {
        // When
        var answer = post(operator, PATH, with(maintenance(), "subject", "One\r\nBcc: everybody@example.com"));

        // Then
        answer.spec(invalid("subject"));
    }

    @Test
    void theSameKeyDefinesOneTemplate() {
        // Given
        String key = UUID.randomUUID().toString();
        String first = postWithKey(operator, key, PATH, maintenance())
                .statusCode(201)
                .extract()
                .asString();

        // When
        String second = postWithKey(operator, key, PATH, maintenance())
                .statusCode(201)
                .extract()
                .asString();

        // Then
        assertThat(second).isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"owner", "admin", "billing", "member", "viewer"})
    void tenantsDoNotKeepTemplates(String role) {
        // Given
        String token = Tokens.of(UUID.randomUUID(), role);

        // When / Then
        get(token, PATH).spec(problem(403, "forbidden"));
        post(token, PATH, maintenance()).spec(problem(403, "forbidden"));
    }

    @Test
    void aTemplateThatIsNotThereIsNotFound() {
        // Given
        String path = PATH + "/" + UUID.randomUUID();

        // When / Then
        get(operator, path).spec(problem(404, "not-found"));
        put(operator, path, maintenance()).spec(problem(404, "not-found"));
        delete(operator, path).spec(problem(404, "not-found"));
        get(operator, path + "/versions").spec(problem(404, "not-found"));
        get(operator, path + "/versions/1").spec(problem(404, "not-found"));
        get(operator, PATH + "/" + created() + "/versions/7").spec(problem(404, "not-found"));
    }

    @Test
    void aChangeIsRecordedForTheAuditLog() {
        // When
        String id = created();

        // Then
        await().until(() -> StubService.events("countinghouse.audit.recorded.v1").stream()
                .anyMatch(event -> event.contains(id) && event.contains("notification_template.created")));
    }

    private static Map<String, Object> subscriptionChanged(String text, List<String> variables) {
        return Map.of(
                "name",
                "subscription-changed",
                "category",
                "subscriptions",
                "subject",
                "Your plan",
                "text",
                text,
                "variables",
                variables);
    }

    private String created() {
        return post(operator, PATH, maintenance()).statusCode(201).extract().path("id");
    }

    private Map<String, Object> maintenance() {
        return Map.of(
                "name", name,
                "category", "announcements",
                "subject", "Maintenance on {date}",
                "text", "We are away on {date}.",
                "html", "<p>We are away on <b>{date}</b>.</p>",
                "variables", List.of("date"));
    }
}

package io.countinghouse.notification.message;

import static io.countinghouse.notification.Api.awaitState;
import static io.countinghouse.notification.Api.get;
import static io.countinghouse.notification.Api.post;
import static io.countinghouse.notification.Api.postWithKey;
import static io.countinghouse.notification.Api.with;
import static io.countinghouse.testing.Problems.invalid;
import static io.countinghouse.testing.Problems.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import io.countinghouse.notification.Api;
import io.countinghouse.notification.MailServer;
import io.countinghouse.notification.Mailbox;
import io.countinghouse.testing.TestDatabase;
import io.countinghouse.testing.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.net.URI;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(MailServer.class)
class SendTest {

    private static final String SEND = "/v1/notifications/send";

    private final UUID tenant = UUID.randomUUID();
    private final String address = "owner-" + tenant + "@example.com";
    private final String operator = Tokens.operator();

    private final String greeting = "greeting-" + tenant;

    @BeforeEach
    void template() {
        post(
                operator,
                "/v1/notification-templates",
                Map.of(
                        "name",
                        greeting,
                        "category",
                        "account",
                        "subject",
                        "Welcome to {sender_name}, {owner_name}",
                        "text",
                        "Hello {owner_name}, {tenant_name} is set up with {email}.\n\nSend your first usage event.\n",
                        "html",
                        "<p>Hello {owner_name}, {tenant_name} is set up with <b>{email}</b>.</p>",
                        "variables",
                        List.of("owner_name", "tenant_name", "email", "sender_name")));
    }

    @TestHTTPResource(value = "/metrics", management = true)
    URI metrics;

    @Test
    void aMailIsRenderedSentAndDelivered() {
        // When
        var answer = post(operator, SEND, welcome());

        // Then
        String id = answer.statusCode(201)
                .body("state", equalTo("queued"))
                .body("template", equalTo(greeting))
                .body("template_version", is(1))
                .extract()
                .path("id");
        answer.header("Location", equalTo("/v1/notifications/" + id));
        var mail = Mailbox.only(address);
        assertThat(mail.subject()).isEqualTo("Welcome to Analytical Engines, Köln 🎉, Ada");
        assertThat(mail.text()).startsWith("Hello Ada,").contains("Analytical Engines is set up");
        assertThat(mail.messageId()).isEqualTo("<" + id + "@countinghouse.io>");
        JsonPath delivered = awaitState(operator, id, "delivered");
        assertThat(delivered.getString("sent_at")).isNotNull();
        assertThat(delivered.getString("delivered_at")).isNotNull();
        assertThat(delivered.getList("delivery_attempts.outcome")).containsExactly("delivered");
        assertThat(delivered.getList("delivery_attempts.status")).containsExactly(250);
    }

    @Test
    void valuesAreEscapedInHtmlAndNotInText() {
        // Given
        var body = with(welcome(), "variables", with(variables(), "owner_name", "<script>alert('x')</script> & Co"));

        // When
        post(operator, SEND, body).statusCode(201);

        // Then
        var mail = Mailbox.only(address);
        assertThat(mail.html()).contains("&lt;script&gt;").contains("&amp; Co").doesNotContain("<script>");
        assertThat(mail.text()).contains("<script>alert('x')</script> & Co");
    }

    @Test
    void aLineBreakInAValueDoesNotBecomeAHeader() {
        // Given
        var body = with(welcome(), "variables", with(variables(), "owner_name", "Ada\r\nBcc: all@example.com"));

        // When
        post(operator, SEND, body).statusCode(201);

        // Then
        assertThat(Mailbox.only(address).subject())
                .isEqualTo("Welcome to Analytical Engines, Köln 🎉, Ada Bcc: all@example.com");
        assertThat(Mailbox.of("all@example.com")).isEmpty();
    }

    @Test
    void theSameKeySendsOneMail() {
        // Given
        String key = UUID.randomUUID().toString();
        String first = postWithKey(operator, key, SEND, welcome())
                .statusCode(201)
                .extract()
                .path("id");

        // When
        String second = postWithKey(operator, key, SEND, welcome())
                .statusCode(201)
                .extract()
                .path("id");

        // Then
        assertThat(second).isEqualTo(first);
        awaitState(operator, first, "delivered");
        assertThat(Mailbox.of(address)).hasSize(1);
        postWithKey(operator, key, SEND, with(welcome(), "to", "else@example.com"))
                .spec(problem(422, "idempotency-key-reused"));
    }

    @Test
    void manyMailsAreEachSentOnce() {
        // Given
        List<String> ids = IntStream.range(0, 40)
                .mapToObj(n -> post(operator, SEND, welcome())
                        .statusCode(201)
                        .extract()
                        .<String>path("id"))
                .toList();

        // When
        ids.forEach(id -> awaitState(operator, id, "delivered"));

        // Then
        assertThat(Mailbox.of(address))
                .extracting(Mailbox.Received::messageId)
                .doesNotHaveDuplicates()
                .hasSize(40);
    }

    @Test
    void aMailWhoseSenderDiedIsSentAgainUnderTheSameMessageId() throws SQLException {
        // Given
        String id = post(operator, SEND, welcome()).extract().path("id");
        awaitState(operator, id, "delivered");

        // When
        try (var connection = TestDatabase.ofApplicationAsOwner();
                var statement = connection.createStatement()) {
            // As it stands when a process dies between SMTP's answer and its own commit, and the lease has run out.
            statement.execute("update notification set state = 'sent', delivered_at = null, next_attempt_at = now()"
                    + " where id = '" + id + "'");
        }

        // Then
        JsonPath delivered = awaitState(operator, id, "delivered");
        assertThat(delivered.getInt("attempts")).isEqualTo(2);
        assertThat(Mailbox.of(address))
                .hasSize(2)
                .extracting(Mailbox.Received::messageId)
                .containsOnly("<" + id + "@countinghouse.io>");
    }

    @Test
    void variablesMustBeExactlyThoseOfTheTemplate() {
        // Given
        var given = with(with(variables(), "owner_name", null), "nickname", "Ada");

        // When
        var answer = post(operator, SEND, with(welcome(), "variables", given));

        // Then
        answer.spec(problem(422, "template-variables"))
                .body("errors.field", contains("variables.nickname", "variables.owner_name"));
    }

    @Test
    void aTemplateThatIsNotThereIsRefused() {
        // When
        var answer = post(operator, SEND, with(welcome(), "template", "no-such-template"));

        // Then
        answer.spec(problem(422, "unknown-template")).body("errors.field", hasItem("template"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "to | nobody",
                "to | a@b@c",
                "to | a@b, c@d",
                "to | Ada <a@example.com>",
                "to | a..b@example.com",
                "to | .a@example.com",
                "to | a.@example.com",
                "to | ada@example..com",
                "to | ada@.example.com",
                "to | ada@example.com.",
                "to | ada@-example.com",
                "to | ada@localhost",
                "to | ada@[127.0.0.1]",
                "to | ada@1.2.3.4",
                "to | \"ada\"@example.com",
                "to | müller@example.com",
                "to | аda@example.com",
                "to |",
                "template |",
                "channel |",
                "variables |",
                "tenant_id |"
            })
    void aFieldThatIsMissingOrWrongIsNamed(String field, String value) {
        // When
        var answer = post(operator, SEND, with(welcome(), field, value));

        // Then
        answer.spec(invalid(field));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "{\"channel\": \"pigeon\"}", "{\"variables\": []}", "{\"unknown\": 1}"})
    void aBodyThatIsNoMessageIsABadRequest(String body) {
        // When
        var answer = post(operator, SEND, body);

        // Then
        answer.statusCode(400).contentType("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"owner", "admin", "billing", "member", "viewer", "notifications:read"})
    void whoMayNotSendIsForbidden(String role) {
        // When
        var answer = post(Tokens.of(tenant, role), SEND, welcome());

        // Then
        answer.spec(problem(403, "forbidden"));
    }

    @Test
    void aMachineOfATenantWritesToItsOwnContactAlone() {
        // Given
        String machine = Tokens.scoped(tenant, "notifications:write");
        Api.deliver(
                        Tokens.service("auth-service"),
                        UUID.randomUUID(),
                        "auth.tenant.created.v1",
                        tenant,
                        "{\"name\": \"T\", \"owner_email\": \"" + address + "\", \"owner_name\": \"O\"}")
                .statusCode(204);

        // When
        var own = post(machine, SEND, with(welcome(), "tenant_id", null));
        var other = post(machine, SEND, with(with(welcome(), "tenant_id", null), "to", "victim@example.com"));
        var otherTenant = post(
                machine, SEND, with(welcome(), "tenant_id", UUID.randomUUID().toString()));

        // Then
        own.statusCode(201);
        other.spec(problem(422, "recipient-not-allowed"));
        otherTenant.spec(problem(404, "not-found"));
    }

    @Test
    void aTenantListsAndReadsItsOwnAlone() {
        // Given
        String id = post(operator, SEND, welcome()).extract().path("id");
        String viewer = Tokens.of(tenant, "viewer");
        String stranger = Tokens.of(UUID.randomUUID(), "owner");

        // When / Then
        get(viewer, "/v1/notifications").statusCode(200).body("data.id", contains(id));
        get(viewer, "/v1/notifications/" + id).statusCode(200).body("text", endsWith("usage event.\n"));
        get(stranger, "/v1/notifications").statusCode(200).body("data.size()", is(0));
        get(stranger, "/v1/notifications/" + id).spec(problem(404, "not-found"));
        get(stranger, "/v1/notifications?tenant_id=" + tenant).spec(problem(404, "not-found"));
        post(stranger, "/v1/notifications/" + id + "/retry", "").spec(problem(404, "not-found"));
    }

    @Test
    void aListIsFilteredAndPaged() {
        // Given
        List<String> ids = IntStream.range(0, 3)
                .mapToObj(n -> post(operator, SEND, welcome()).extract().<String>path("id"))
                .toList();
        ids.forEach(id -> awaitState(operator, id, "delivered"));
        String own = "/v1/notifications?tenant_id=" + tenant;

        // When
        String next = get(operator, own + "&limit=2")
                .statusCode(200)
                .body("data.id", contains(ids.get(2), ids.get(1)))
                .extract()
                .path("next");

        // Then
        get(operator, own + "&limit=2&after=" + next).body("data.id", contains(ids.get(0)));
        get(operator, own + "&state=delivered&channel=email&template=" + greeting)
                .body("data.size()", is(3));
        get(operator, own + "&state=failed").body("data.size()", is(0));
        get(operator, own + "&channel=webhook").body("data.size()", is(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"state=lost", "channel=pigeon", "limit=0", "after=yesterday"})
    void aParameterOfAListThatIsWrongIsNamed(String query) {
        // When
        var answer = get(operator, "/v1/notifications?" + query);

        // Then
        answer.spec(invalid(query.substring(0, query.indexOf('='))));
    }

    @Test
    void onlyAFailedMessageIsRetried() {
        // Given
        String id = post(operator, SEND, welcome()).extract().path("id");
        awaitState(operator, id, "delivered");

        // When
        var answer = post(operator, "/v1/notifications/" + id + "/retry", "");

        // Then
        answer.spec(problem(409, "notification-not-failed"));
    }

    @Test
    void countersMoveWithWhatIsDelivered() {
        // Given
        double sent = counter("notification_sent_total");
        double delivered = counter("notification_delivered_total");

        // When
        String id = post(operator, SEND, welcome()).extract().path("id");
        awaitState(operator, id, "delivered");

        // Then
        assertThat(counter("notification_sent_total")).isGreaterThan(sent);
        assertThat(counter("notification_delivered_total")).isGreaterThan(delivered);
    }

    private double counter(String name) {
        return given().get(metrics)
                .then()
                .extract()
                .asString()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.split(" ")[1]))
                .sum();
    }

    private Map<String, Object> welcome() {
        return Map.of(
                "template",
                greeting,
                "channel",
                "email",
                "to",
                address,
                "tenant_id",
                tenant.toString(),
                "variables",
                variables());
    }

    private Map<String, Object> variables() {
        return Map.of("owner_name", "Ada", "tenant_name", "Analytical Engines", "email", address);
    }
}

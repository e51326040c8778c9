package io.countinghouse.notification.event;

import static io.countinghouse.notification.Api.deliver;
import static io.countinghouse.notification.Api.get;
import static io.countinghouse.notification.Api.post;
import static io.countinghouse.testing.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;

import io.countinghouse.notification.MailServer;
import io.countinghouse.notification.Mailbox;
import io.countinghouse.testing.StubService;
import io.countinghouse.testing.TestDatabase;
import io.countinghouse.testing.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One channel fails: the other does its work, and what failed is made up for when the event comes again. */
@QuarkusTest
@QuarkusTestResource(MailServer.class)
class ChannelsTest {

    private final UUID tenant = UUID.randomUUID();
    private final UUID eventId = UUID.randomUUID();
    private final String address = "customer-" + tenant + "@example.com";
    private final String owner = Tokens.of(tenant, "owner");
    private final String hook = "/hooks/" + tenant;

    @BeforeEach
    void endpoint() {
        StubService.on("POST", hook, 200, null);
        post(owner, "/v1/webhook-endpoints", Map.of("url", StubService.url() + hook));
    }

    @AfterEach
    void nothingFailsAnyMore() throws SQLException {
        execute("alter table notification drop constraint if exists refused_for_a_test");
        execute("update notification_template set current_version = (select max(version) from"
                + " notification_template_version v where v.template_id = notification_template.id and"
                + " v.created_by = 'countinghouse') where name = 'subscription-changed' and current_version = 1000");
        execute("delete from notification_template_version where version = 1000");
    }

    @ParameterizedTest
    @CsvSource({"email, webhook", "webhook, email"})
    void aChannelThatTheDatabaseRefusesDoesNotCostTheOther(String refused, String other) throws SQLException {
        // Given
        refuse(refused);

        // When
        var answer = event();

        // Then
        answer.statusCode(greaterThanOrEqualTo(400));
        get(owner, "/v1/notifications").body("data.channel", contains(other));
    }

    @ParameterizedTest
    @CsvSource({"email", "webhook"})
    void anEventThatComesAgainMakesUpForTheChannelThatFailed(String refused) throws SQLException {
        // Given
        refuse(refused);
        event();
        execute("alter table notification drop constraint refused_for_a_test");

        // When
        var answer = event();

        // Then
        answer.statusCode(204);
        get(owner, "/v1/notifications").body("data.size()", is(2));
        await().until(() -> StubService.requests("POST", hook).size() == 1);
        assertThat(Mailbox.only(address).subject()).contains("subscription");
    }

    @Test
    void aMailThatCannotBeMadeDoesNotCostTheWebhook() throws SQLException {
        // Given
        execute("insert into notification_template_version"
                + " (id, template_id, version, subject, text, variables, created_at, created_by) select '"
                + UUID.randomUUID() + "', id, 1000, 'x', '{discount}', 'discount', now(), 'somebody'"
                + " from notification_template where name = 'subscription-changed' on conflict do nothing");
        execute("update notification_template set current_version = 1000 where name = 'subscription-changed'");

        // When
        var answer = event();

        // Then
        answer.spec(problem(422, "template-variables"));
        await().until(() -> StubService.requests("POST", hook).size() == 1);
    }

    private void refuse(String channel) throws SQLException {
        execute("alter table notification add constraint refused_for_a_test check (channel <> '" + channel
                + "' or tenant_id <> '" + tenant + "') not valid");
    }

    private static void execute(String statement) throws SQLException {
        try (var connection = TestDatabase.ofApplicationAsOwner();
                var sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    private ValidatableResponse event() {
        return deliver(
                Tokens.service("billing-service"), eventId, "billing.subscription.changed.v1", tenant, """
                {"change": "upgraded", "plan_code": "pro", "plan_version": 2, "email": "%s"}""".formatted(
                                address));
    }
}

package io.countinghouse.notification.webhook;

import static io.countinghouse.notification.Api.awaitState;
import static io.countinghouse.notification.Api.post;
import static io.countinghouse.testing.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.countinghouse.notification.MailServer;
import io.countinghouse.testing.StubService;
import io.countinghouse.testing.TestDatabase;
import io.countinghouse.testing.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** As in production: a tenant cannot have the service call what stands beside it. */
@QuarkusTest
@QuarkusTestResource(MailServer.class)
@TestProfile(PrivateAddressTest.Production.class)
class PrivateAddressTest {

    private final UUID tenant = UUID.randomUUID();
    private final String owner = Tokens.of(tenant, "owner");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://localhost/",
                "https://127.0.0.1/",
                "https://2130706433/",
                "https://10.1.2.3/",
                "https://172.16.0.1:8443/",
                "https://192.168.1.1/",
                "https://169.254.169.254/latest/meta-data/",
                "https://100.64.0.1/",
                "https://0.0.0.0/",
                "https://[::1]/",
                "https://[::ffff:127.0.0.1]/",
                "https://[fd00::1]/",
                "https://[fe80::1]/",
                "https://[64:ff9b::7f00:1]/",
                "https://168.63.129.16/",
                "https://[64:ff9b:1:a9fe:a9:fe00:808:808]/",
                "HTTPS://LOCALHOST/",
                "https://9.9.9.9/",
                "https://[2620:fe::9]/",
                "https://no-such-host.invalid/"
            })
    void anAddressThatIsNotPublicIsRefusedInTheSameWords(String url) {
        // When
        var answer = post(owner, "/v1/webhook-endpoints", Map.of("url", url));

        // Then
        answer.spec(problem(422, "webhook-url-refused"))
                .body("errors.field", hasItem("url"))
                .body(
                        "detail",
                        equalTo("'" + url
                                + "' cannot be a webhook endpoint: its host has no address that may be called."));
    }

    @Test
    void aShortFormOfAnAddressIsRefused() {
        // When
        var answer = post(owner, "/v1/webhook-endpoints", Map.of("url", "https://127.1/"));

        // Then
        answer.spec(problem(422, "webhook-url-refused"));
    }

    @Test
    void plainHttpIsRefused() {
        // When
        var answer = post(owner, "/v1/webhook-endpoints", Map.of("url", "http://192.0.2.1/"));

        // Then
        answer.spec(problem(422, "webhook-url-refused")).body("detail", containsString("only https://"));
    }

    @Test
    void anEndpointThatCameToLeadToAPrivateAddressIsNotCalled() throws Exception {
        // Given
        String endpoint = post(owner, "/v1/webhook-endpoints", Map.of("url", "https://8.8.8.8/hook"))
                .statusCode(201)
                .extract()
                .path("id");
        try (var connection = TestDatabase.ofApplicationAsOwner();
                var statement = connection.createStatement()) {
            // What a change of the name's address amounts to.
            statement.execute(
                    "update webhook_endpoint set url = '" + StubService.url().replace("http://", "https://")
                            + "/hooks/private' where id = '" + endpoint + "'");
        }

        // When
        String id = post(
                        Tokens.operator(),
                        "/v1/notifications/send",
                        Map.of(
                                "template",
                                "subscription-changed",
                                "channel",
                                "webhook",
                                "to",
                                endpoint,
                                "tenant_id",
                                tenant.toString(),
                                "variables",
                                Map.of("change", "upgraded", "plan_code", "pro", "plan_version", "2")))
                .statusCode(201)
                .extract()
                .path("id");

        // Then
        assertThat(awaitState(owner, id, "failed").getString("last_error"))
                .contains("no address that may be called")
                .doesNotContain("127.0.0.1 ");
        assertThat(StubService.requests("POST", "/hooks/private")).isEmpty();
    }

    public static class Production implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    // And nobody looks by chance: a message is tried because it was queued.
                    "countinghouse.notification.delivery.poll-interval", "24h",
                    "countinghouse.notification.webhook.allow-private-addresses", "false",
                    "countinghouse.notification.webhook.forbidden-networks", "9.9.9.0/24,2620:fe::/48",
                    "countinghouse.notification.webhook.allow-http", "false");
        }
    }
}

package io.countinghouse.notification.webhook;

import static io.countinghouse.notification.Api.awaitState;
import static io.countinghouse.notification.Api.delete;
import static io.countinghouse.notification.Api.get;
import static io.countinghouse.notification.Api.post;
import static io.countinghouse.notification.Api.postWithKey;
import static io.countinghouse.testing.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import com.standardwebhooks.Webhook;
import io.countinghouse.notification.MailServer;
import io.countinghouse.testing.StubService;
import io.countinghouse.testing.Tokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls of a real HTTP server, verified by the library of Standard Webhooks. */
@QuarkusTest
@QuarkusTestResource(MailServer.class)
class WebhookTest {

    @Inject
    MeterRegistry metrics;

    private final UUID tenant = UUID.randomUUID();
    private final String owner = Tokens.of(tenant, "owner");
    private final String operator = Tokens.operator();
    private final String hook = "/hooks/" + tenant;

    @Test
    void aCallIsSignedSoThatTheReceiverCanVerifyIt() throws Exception {
        // Given
        answer(204);
        JsonPath endpoint = registered();

        // When
        String id = sent(endpoint.getString("id"));

        // Then
        JsonPath notification = awaitState(owner, id, "delivered");
        var request = received().getFirst();
        new Webhook(endpoint.getString("secret"))
                .verify(request.body(), headersOf(request).map());
        assertThat(header(request, "webhook-id")).isEqualTo("msg_" + id);
        assertThat(notification.getString("payload")).isEqualTo(request.body());
        JsonPath body = JsonPath.from(request.body());
        assertThat(body.getString("type")).isEqualTo("notification.sent");
        assertThat(body.getString("data.subject")).isEqualTo("Your subscription was upgraded");
    }

    @Test
    void whatTheReceiverFailsOnIsSentAgainUnderTheSameId() {
        // Given
        double retried = attempts("retried");
        double delivered = attempts("delivered");
        var calls = new AtomicInteger();
        StubService.on("POST", hook, request -> new StubService.Answer(calls.incrementAndGet() < 3 ? 500 : 200, null));
        JsonPath endpoint = registered();

        // When
        String id = sent(endpoint.getString("id"));

        // Then
        JsonPath notification = awaitState(owner, id, "delivered");
        assertThat(attempts("retried")).isEqualTo(retried + 2);
        assertThat(attempts("delivered")).isEqualTo(delivered + 1);
        assertThat(notification.getList("delivery_attempts.outcome")).containsExactly("retry", "retry", "delivered");
        assertThat(notification.getList("delivery_attempts.status")).containsExactly(500, 500, 200);
        assertThat(received())
                .extracting(request -> header(request, "webhook-id"))
                .containsOnly("msg_" + id);
        assertThat(received())
                .extracting(StubService.Request::body)
                .hasSize(3)
                .containsOnly(notification.getString("payload"));
    }

    @Test
    void whatFailsForGoodIsRecordedAndCanBeRetried() {
        // Given
        answer(503);
        JsonPath endpoint = registered();
        double given = attempts("failed");
        String id = sent(endpoint.getString("id"));
        JsonPath failed = awaitState(owner, id, "failed");
        answer(200);

        // When
        var retried = postWithKey(owner, "retry-1", "/v1/notifications/" + id + "/retry", "");
        var again = postWithKey(owner, "retry-1", "/v1/notifications/" + id + "/retry", "");

        // Then
        assertThat(failed.getInt("attempts")).isEqualTo(3);
        assertThat(attempts("failed")).isEqualTo(given + 1);
        assertThat(failed.getString("last_error")).isEqualTo("the endpoint answered 503");
        assertThat(failed.getString("failed_at")).isNotNull();
        retried.statusCode(200).body("state", equalTo("queued"));
        again.statusCode(200)
                .header("Idempotency-Replayed", "true")
                .body(equalTo(retried.extract().asString()));
        assertThat(awaitState(owner, id, "delivered").getInt("attempts")).isEqualTo(4);
        await().until(() -> audited(id, "notification.failed") && audited(id, "notification.retried"));
    }

    @Test
    void aRedirectIsNotFollowed() {
        // Given
        answer(302);

        // When
        String id = sent(registered().getString("id"));

        // Then
        assertThat(awaitState(owner, id, "failed").getList("delivery_attempts.status"))
                .containsExactly(302, 302, 302);
    }

    @Test
    void anEndpointThatIsGoneIsSwitchedOff() {
        // Given
        answer(410);
        String endpoint = registered().getString("id");

        // When
        String id = sent(endpoint);

        // Then
        assertThat(awaitState(owner, id, "failed").getInt("attempts")).isEqualTo(1);
        get(owner, "/v1/webhook-endpoints/" + endpoint)
                .body("enabled", is(false))
                .body("disabled_reason", equalTo("it answered 410 Gone"));
        await().until(() -> audited(endpoint, "webhook_endpoint.disabled"));
    }

    @Test
    void aReceiverThatIsNotThereIsTriedAgain() {
        // Given
        String endpoint = post(owner, "/v1/webhook-endpoints", Map.of("url", "http://localhost:1/hook"))
                .statusCode(201)
                .extract()
                .path("id");

        // When
        String id = sent(endpoint);

        // Then
        JsonPath failed = awaitState(owner, id, "failed");
        assertThat(failed.getList("delivery_attempts.status")).containsExactly(null, null, null);
        assertThat(failed.getString("sent_at")).isNull();
    }

    @Test
    void afterARotationBothSecretsVerify() throws Exception {
        // Given
        answer(200);
        JsonPath endpoint = registered();
        String newSecret = post(owner, "/v1/webhook-endpoints/" + endpoint.getString("id") + "/rotate-secret", "")
                .statusCode(200)
                .body("previous_secret_valid_until", notNullValue())
                .extract()
                .path("secret");

        // When
        String id = sent(endpoint.getString("id"));

        // Then
        awaitState(owner, id, "delivered");
        var request = received().getFirst();
        assertThat(header(request, "webhook-signature").split(" ")).hasSize(2);
        new Webhook(newSecret).verify(request.body(), headersOf(request).map());
        new Webhook(endpoint.getString("secret"))
                .verify(request.body(), headersOf(request).map());
    }

    @Test
    void eachSecretThatWasPromisedAnOverlapKeepsIt() throws Exception {
        // Given
        answer(200);
        JsonPath endpoint = registered();
        String path = "/v1/webhook-endpoints/" + endpoint.getString("id") + "/rotate-secret";
        List<String> secrets = new ArrayList<>(List.of(endpoint.getString("secret")));
        for (int n = 0; n < 3; n++) {
            secrets.add(post(owner, path, "").extract().path("secret"));
        }

        // When
        String id = sent(endpoint.getString("id"));

        // Then
        awaitState(owner, id, "delivered");
        var request = received().getFirst();
        assertThat(header(request, "webhook-signature").split(" ")).hasSize(4);
        for (String secret : secrets) {
            new Webhook(secret).verify(request.body(), headersOf(request).map());
        }
    }

    @ParameterizedTest
    @CsvSource({"429, 3600", "503, 3600", "500, 3600", "302, 3600"})
    void aReceiverThatAsksToWaitIsLeftAlone(int status, String retryAfter) {
        // Given
        StubService.on("POST", hook, _ -> new StubService.Answer(status, null, Map.of("Retry-After", retryAfter)));
        Instant before = Instant.now();

        // When
        String id = sent(registered().getString("id"));

        // Then
        await().until(() -> get(owner, "/v1/notifications/" + id)
                        .extract()
                        .<String>path("state")
                        .equals("queued")
                && received().size() == 1);
        Instant next =
                Instant.parse(get(owner, "/v1/notifications/" + id).extract().path("next_attempt_at"));
        assertThat(next).isBetween(before.plusSeconds(3590), Instant.now().plusSeconds(3600));
    }

    @Test
    void aMessageNamesTheTemplateThatItWasMadeOf() {
        // Given
        answer(200);

        // When
        String id = sent(registered().getString("id"));

        // Then
        get(owner, "/v1/notifications?template=subscription-changed&channel=webhook")
                .body("data.id", hasItem(id))
                .body("data[0].template_version", notNullValue());
    }

    @Test
    void whatIsQueuedForADeletedEndpointFails() {
        // Given
        answer(500);
        String endpoint = registered().getString("id");
        String id = sent(endpoint);

        // When
        delete(owner, "/v1/webhook-endpoints/" + endpoint).statusCode(204);

        // Then
        assertThat(awaitState(owner, id, "failed").getString("last_error")).isNotNull();
        get(owner, "/v1/webhook-endpoints/" + endpoint).spec(problem(404, "not-found"));
        post(operator, "/v1/notifications/send", message(endpoint)).spec(problem(422, "unknown-webhook-endpoint"));
    }

    @Test
    void aMessageForTheEndpointOfAnotherTenantIsRefused() {
        // Given
        String foreign = post(
                        Tokens.of(UUID.randomUUID(), "owner"),
                        "/v1/webhook-endpoints",
                        Map.of("url", StubService.url() + hook))
                .extract()
                .path("id");

        // When
        var answer = post(operator, "/v1/notifications/send", message(foreign));

        // Then
        answer.spec(problem(422, "unknown-webhook-endpoint"));
    }

    private double attempts(String outcome) {
        return metrics.get("notification.attempts")
                .tags("channel", "webhook", "outcome", outcome)
                .counter()
                .count();
    }

    private void answer(int status) {
        StubService.on("POST", hook, status, null);
    }

    private JsonPath registered() {
        return post(owner, "/v1/webhook-endpoints", Map.of("url", StubService.url() + hook))
                .statusCode(201)
                .extract()
                .jsonPath();
    }

    private String sent(String endpoint) {
        return post(operator, "/v1/notifications/send", message(endpoint))
                .statusCode(201)
                .extract()
                .path("id");
    }

    private Map<String, Object> message(String endpoint) {
        return Map.of(
                "template",
                "subscription-changed",
                "channel",
                "webhook",
                "to",
                endpoint,
                "tenant_id",
                tenant.toString(),
                "variables",
                Map.of("change", "upgraded", "plan_code", "pro", "plan_version", "2"));
    }

    private List<StubService.Request> received() {
        return StubService.requests("POST", hook);
    }

    private static boolean audited(String id, String action) {
        return StubService.events("countinghouse.audit.recorded.v1").stream()
                .anyMatch(event -> event.contains(id) && event.contains(action));
    }

    private static String header(StubService.Request request, String name) {
        return headersOf(request).firstValue(name).orElseThrow();
    }

    private static HttpHeaders headersOf(StubService.Request request) {
        return HttpHeaders.of(request.headers(), (name, value) -> true);
    }
}

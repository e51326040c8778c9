package io.countinghouse.invoice.payment;

import static io.countinghouse.invoice.Invoicing.finalized;
import static io.countinghouse.invoice.Invoicing.owner;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import io.countinghouse.testing.Problems;
import io.countinghouse.testing.StubService;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against answers as Stripe documents them; Stripe itself is not reached by tests. */
@QuarkusTest
@TestProfile(StripeProviderTest.WithKey.class)
class StripeProviderTest {

    private static final String PATH = "/v1/payment_intents";
    private static final String SUCCEEDED = """
            {"id": "pi_1", "object": "payment_intent", "status": "succeeded", "amount": 10958, "currency": "eur"}""";

    private final UUID tenant = UUID.randomUUID();

    @AfterEach
    void forget() {
        StubService.reset();
    }

    @Test
    void aCardIsChargedAndThePaymentBooked() {
        // Given
        String id = finalized(tenant);
        StubService.on("POST", PATH, 200, SUCCEEDED);
        // When
        Response answer = payByStripe(id);
        // Then
        answer.then().statusCode(200).body("status", is("paid")).body("due.amount", is("0.00"));
        StubService.Request sent = StubService.requests("POST", PATH).getLast();
        assertThat(URLDecoder.decode(sent.body(), StandardCharsets.UTF_8).split("&"))
                .containsExactlyInAnyOrder(
                        "amount=10958",
                        "currency=eur",
                        "payment_method=pm_card_visa",
                        "payment_method_types[]=card",
                        "confirm=true",
                        "off_session=true",
                        "metadata[invoice_id]=" + id);
        assertThat(header(sent, "Authorization")).isEqualTo("Bearer sk_of_the_tests");
        assertThat(header(sent, "Idempotency-key")).isEqualTo("countinghouse-" + id + "-pm_card_visa");
        assertThat(header(sent, "Stripe-version")).isEqualTo(StripeClient.VERSION);
    }

    @Test
    void aDeclinedCardPaysNothing() {
        // Given
        String id = finalized(tenant);
        StubService.on("POST", PATH, 402, """
                {"error": {"type": "card_error", "code": "card_declined", "decline_code": "insufficient_funds",
                 "message": "Your card has insufficient funds."}}""");
        // When
        Response answer = payByStripe(id);
        // Then
        answer.then()
                .spec(Problems.problem(402, "payment-declined"))
                .body("detail", containsString("insufficient_funds"));
        isUnpaid(id);
    }

    @Test
    void aPaymentThatIsNotSettledIsNotBooked() {
        // Given
        String id = finalized(tenant);
        StubService.on("POST", PATH, 200, "{\"id\": \"pi_1\", \"status\": \"requires_action\"}");
        // When
        Response answer = payByStripe(id);
        // Then
        answer.then().spec(Problems.problem(402, "payment-declined")).body("detail", containsString("requires_action"));
        isUnpaid(id);
    }

    @Test
    void aPaymentMethodThatStripeDoesNotKnowIsRefused() {
        // Given
        String id = finalized(tenant);
        StubService.on("POST", PATH, 400, """
                {"error": {"type": "invalid_request_error", "code": "resource_missing", "param": "payment_method"}}""");
        // When
        Response answer = payByStripe(id);
        // Then
        answer.then().spec(Problems.problem(422, "payment-refused")).body("detail", containsString("resource_missing"));
        isUnpaid(id);
    }

    @Test
    void aKeyThatStripeDoesNotTakeIsTheOperatorsTrouble() {
        // Given
        String id = finalized(tenant);
        StubService.on("POST", PATH, 401, "{\"error\": {\"type\": \"invalid_request_error\"}}");
        // When
        Response answer = payByStripe(id);
        // Then
        answer.then().spec(Problems.problem(503, "payment-provider-not-configured"));
        isUnpaid(id);
    }

    @ParameterizedTest
    @ValueSource(ints = {409, 429, 500, 503})
    void whileStripeIsAwayNothingIsBookedAndTryingAgainIsAskedFor(int status) {
        // Given
        String id = finalized(tenant);
        StubService.on("POST", PATH, status, "{\"error\": {\"type\": \"api_error\"}}");
        // When
        Response answer = payByStripe(id);
        // Then
        answer.then()
                .spec(Problems.problem(503, "payment-provider-unavailable"))
                .header("Retry-After", "10");
        isUnpaid(id);
    }

    @Test
    void afterStripeWasAwayTheSamePaymentIsTakenUnderTheSameKey() {
        // Given
        String id = finalized(tenant);
        StubService.on("POST", PATH, 500, "<html>not JSON</html>");
        payByStripe(id).then().statusCode(503);
        StubService.on("POST", PATH, 200, SUCCEEDED);
        // When
        Response answer = payByStripe(id);
        // Then
        answer.then().statusCode(200).body("status", is("paid"));
        List<String> keys = StubService.requests("POST", PATH).stream()
                .map(request -> header(request, "Idempotency-key"))
                .distinct()
                .toList();
        assertThat(keys).hasSize(1);
    }

    private Response payByStripe(String id) {
        return owner(tenant)
                .body("{\"method\": \"stripe\", \"reference\": \"pm_card_visa\"}")
                .post("/v1/invoices/" + id + "/pay");
    }

    private void isUnpaid(String id) {
        owner(tenant)
                .get("/v1/invoices/" + id)
                .then()
                .body("status", is("finalized"))
                .body("paid.amount", is("0.00"));
    }

    private static String header(StubService.Request request, String name) {
        return request.headers().entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow()
                .getValue()
                .getFirst();
    }

    /** As an installation that takes cards. */
    public static class WithKey implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("countinghouse.invoice.payment.stripe.api-key", "sk_of_the_tests");
        }
    }
}

package io.countinghouse.invoice.payment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.countinghouse.defaults.http.EgressProxy;
import io.countinghouse.defaults.secret.Secrets;
import io.countinghouse.defaults.secret.WatchedSecret;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Charges a card by Stripe: the reference is a payment method (pm_…) that the customer has left there. Only cards, which
 * are charged while one waits; what would be settled days later is not booked as paid.
 *
 * <p>By the REST API and not by stripe-java, which blocks a thread per call and reads its answers by reflection that a
 * native executable would have to be told of, class by class.
 */
@Startup
@ApplicationScoped
class StripeProvider implements PaymentProvider {

    private static final String API_KEY = "api-key";

    private final StripeClient client;
    private final WatchedSecret secret;
    private final ObjectMapper json;

    StripeProvider(StripeConfig config, Secrets secrets, ObjectMapper json, EgressProxy proxy) {
        this.json = json;
        URI url = URI.create(config.url());
        this.client = proxy.through(QuarkusRestClientBuilder.newBuilder(), url)
                .baseUri(url)
                .readTimeout(config.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .build(StripeClient.class);
        this.secret = secrets.watch("stripe", Map.of(API_KEY, "countinghouse.invoice.payment.stripe.api-key"));
    }

    @Override
    public String method() {
        return "stripe";
    }

    /**
     * The key of the request to Stripe is made of invoice and reference, so that a payment that was taken, but not booked
     * because this process died, is found and not taken again.
     */
    @Override
    public Uni<Void> collect(PaymentOrder order) {
        String key = secret.value(API_KEY).orElseThrow(StripeNotConfiguredException::new);
        return client.create(
                        "Bearer " + key,
                        StripeClient.VERSION,
                        "countinghouse-" + order.invoiceId() + "-" + order.reference(),
                        amount(order),
                        StripeAmount.currency(order.amount()),
                        order.reference(),
                        "card",
                        "true",
                        "true",
                        order.invoiceId().toString())
                // A REST client answers on a thread of its own; the transaction lives on the context's.
                .emitOn(MutinyHelper.executor(Vertx.currentContext()))
                .onFailure()
                .transform(failure -> problemOf(order, failure))
                .invoke(intent -> requireSucceeded(order, intent))
                .replaceWithVoid();
    }

    private static String amount(PaymentOrder order) {
        try {
            return StripeAmount.of(order.amount());
        } catch (ArithmeticException e) {
            throw StripeRefusedException.ofRequest("amount_invalid", order);
        }
    }

    private static void requireSucceeded(PaymentOrder order, JsonNode intent) {
        String status = intent.path("status").asText("none");
        if (!status.equals("succeeded")) {
            throw StripeRefusedException.declined(status, order);
        }
    }

    /** Stripe's errors, https://docs.stripe.com/api/errors: their messages are for developers and are not passed on. */
    private Throwable problemOf(PaymentOrder order, Throwable failure) {
        if (!(failure instanceof WebApplicationException refused) || refused.getResponse() == null) {
            return new StripeUnavailableException();
        }
        JsonNode error = errorOf(refused);
        String code = error.path("decline_code").asText(error.path("code").asText("none"));
        return switch (refused.getResponse().getStatus()) {
            case 402 -> StripeRefusedException.declined(code, order);
            case 401, 403 -> new StripeNotConfiguredException();
            case 409, 429 -> new StripeUnavailableException();
            default ->
                refused.getResponse().getStatus() < 500
                        ? StripeRefusedException.ofRequest(
                                error.path("code").asText(error.path("type").asText("none")), order)
                        : new StripeUnavailableException();
        };
    }

    private JsonNode errorOf(WebApplicationException refused) {
        try {
            return json.readTree(refused.getResponse().readEntity(String.class)).path("error");
        } catch (JsonProcessingException e) {
            // Not Stripe's own answer but a proxy's: the status says enough.
            return MissingNode.getInstance();
        }
    }
}

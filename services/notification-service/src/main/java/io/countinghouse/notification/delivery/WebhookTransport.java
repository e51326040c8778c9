package io.countinghouse.notification.delivery;

import io.countinghouse.defaults.http.EgressProxy;
import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.countinghouse.notification.message.ClaimedMessage;
import io.countinghouse.notification.message.DeliveryResult;
import io.countinghouse.notification.webhook.AddressGuard;
import io.countinghouse.notification.webhook.WebhookEndpointService;
import io.countinghouse.notification.webhook.WebhookTarget;
import io.countinghouse.notification.webhook.WebhookUrl;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.core.http.HttpClient;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Calls endpoints, signed as Standard Webhooks defines it. Redirects are not followed, bodies of answers not read. */
@ApplicationScoped
class WebhookTransport {

    private static final int GONE = 410;

    private final WebhookEndpointService endpoints;
    private final AddressGuard guard;
    private final TenantTransaction transaction;
    private final DeliveryConfig config;
    private final Clock clock;
    private final EgressProxy proxy;
    private final HttpClient client;

    WebhookTransport(
            WebhookEndpointService endpoints,
            AddressGuard guard,
            TenantTransaction transaction,
            DeliveryConfig config,
            Clock clock,
            EgressProxy proxy,
            Vertx vertx) {
        this.endpoints = endpoints;
        this.guard = guard;
        this.transaction = transaction;
        this.config = config;
        this.clock = clock;
        this.proxy = proxy;
        // A connection serves one call: the next may have to go to another address, and answers are cut off unread.
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setKeepAlive(false)
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setMaxPoolSize(config.concurrency())
                .setConnectTimeout((int) config.timeout().toMillis()));
    }

    @PreDestroy
    void close() {
        client.closeAndForget();
    }

    Uni<DeliveryResult> deliver(ClaimedMessage message) {
        Instant startedAt = clock.instant();
        return transaction
                .forAllTenants(() -> endpoints.find(message.endpointId()))
                .chain(found -> deliver(message, found, startedAt));
    }

    private Uni<DeliveryResult> deliver(ClaimedMessage message, Optional<WebhookTarget> found, Instant startedAt) {
        if (found.isEmpty()) {
            return Uni.createFrom().item(DeliveryResult.unanswered("the endpoint was deleted", false, startedAt));
        }
        var target = found.get();
        if (target.disabledReason() != null) {
            return Uni.createFrom()
                    .item(DeliveryResult.unanswered(
                            "the endpoint is disabled: " + target.disabledReason(), false, startedAt));
        }
        return guard.resolve(target.url())
                .chain(checked -> post(message, target, checked, startedAt))
                .call(result -> Integer.valueOf(GONE).equals(result.status())
                        ? disable(target)
                        : Uni.createFrom().voidItem())
                .onFailure(ProblemException.class)
                .recoverWithItem(refused -> DeliveryResult.unanswered(refused.getMessage(), true, startedAt));
    }

    private Uni<DeliveryResult> post(
            ClaimedMessage message, WebhookTarget target, AddressGuard.Checked checked, Instant now) {
        WebhookUrl url = checked.url();
        String messageId = "msg_" + message.id();
        var options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                // The address that was checked is called, while host name and certificate stay those of the URL.
                .setServer(SocketAddress.inetSocketAddress(
                        url.port(), checked.address().getHostAddress()))
                .setHost(url.authorityHost())
                .setPort(url.port())
                .setSsl(url.https())
                .setTimeout(config.timeout().toMillis())
                .setURI(url.target())
                .putHeader("Content-Type", "application/json")
                .putHeader("User-Agent", "Countinghouse-Webhooks/1")
                .putHeader("webhook-id", messageId)
                .putHeader("webhook-timestamp", Long.toString(now.getEpochSecond()))
                .putHeader("webhook-signature", target.sign(messageId, now, message.payload()));
        proxy.optionsFor(url.authorityHost()).ifPresent(options::setProxyOptions);
        return client.request(options)
                .chain(request -> request.send(Buffer.buffer(message.payload())).map(response -> {
                    request.connection().closeAndForget();
                    return result(response.statusCode(), response.getHeader("Retry-After"), now);
                }));
    }

    private DeliveryResult result(int status, String retryAfter, Instant startedAt) {
        if (status >= 200 && status < 300) {
            return DeliveryResult.delivered(status, startedAt);
        }
        return DeliveryResult.refused(status, "the endpoint answered " + status, status != GONE, startedAt)
                .notBefore(RetryAfter.of(retryAfter, clock.instant(), config.longestRetryAfter()));
    }

    private Uni<Void> disable(WebhookTarget target) {
        return transaction.forTenant(target.tenantId(), () -> endpoints.disable(target.id(), "it answered 410 Gone"));
    }
}

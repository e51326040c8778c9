package io.countinghouse.notification.webhook;

import io.countinghouse.defaults.audit.AuditTrail;
import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.page.PageRequest;
import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.defaults.tenancy.Caller;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Keeps the endpoints of tenants. */
@ApplicationScoped
public class WebhookEndpointService {

    /** A client that lost the answer asks again soon; later a repetition would only help whoever finds the key. */
    private static final Duration SECRET_SHOWN_FOR = Duration.ofDays(1);

    private final WebhookEndpointRepository endpoints;
    private final EarlierSecretRepository earlierSecrets;
    private final AddressGuard guard;
    private final SecretSeal seal;
    private final WebhookConfig config;
    private final TenantTransaction transaction;
    private final AuditTrail audit;
    private final Caller caller;
    private final Clock clock;

    WebhookEndpointService(
            WebhookEndpointRepository endpoints,
            EarlierSecretRepository earlierSecrets,
            AddressGuard guard,
            SecretSeal seal,
            WebhookConfig config,
            TenantTransaction transaction,
            AuditTrail audit,
            Caller caller,
            Clock clock) {
        this.endpoints = endpoints;
        this.earlierSecrets = earlierSecrets;
        this.guard = guard;
        this.seal = seal;
        this.config = config;
        this.transaction = transaction;
        this.audit = audit;
        this.caller = caller;
        this.clock = clock;
    }

    /** The endpoints that want to hear of an event, in the caller's transaction; without secrets, which the call needs. */
    public Uni<List<WebhookTarget>> listInterested(UUID tenant, String eventType) {
        return endpoints
                .listOf(tenant)
                .map(all -> all.stream()
                        .filter(endpoint -> endpoint.wants(eventType))
                        .map(endpoint -> target(endpoint, List.of()))
                        .toList());
    }

    /** The endpoint as it is now, in the caller's transaction; empty once it was deleted. */
    public Uni<Optional<WebhookTarget>> find(UUID id) {
        Instant now = clock.instant();
        return endpoints
                .findById(id)
                .chain(found -> found == null
                        ? Uni.createFrom().item(Optional.empty())
                        : earlierSecrets.validAt(id, now).map(earlier -> Optional.of(target(found, earlier, now))));
    }

    /** Switched off by what the receiver answered, in the caller's transaction. */
    public Uni<Void> disable(UUID id, String reason) {
        return endpoints.findForChange(id).chain(endpoint -> {
            if (endpoint == null || !endpoint.isEnabled()) {
                return Uni.createFrom().voidItem();
            }
            endpoint.disable(reason, clock.instant());
            return audit.record(
                    "webhook_endpoint.disabled",
                    "webhook_endpoint",
                    id,
                    endpoint.tenantId(),
                    Map.of("url", endpoint.url(), "reason", reason));
        });
    }

    /**
     * Puts the secret itself into an answer of {@link #create} or {@link #rotate}: until here it is sealed, because answers
     * are stored under their Idempotency-Key. A day after the secret was made a repetition has none.
     */
    WebhookEndpointView revealed(WebhookEndpointView answer) {
        boolean isShown = clock.instant().isBefore(answer.updatedAt().plus(SECRET_SHOWN_FOR));
        return answer.withSecret(isShown ? seal.openText(answer.secret()).value() : null);
    }

    /** The view holds the secret sealed: see {@link #revealed}. */
    Uni<WebhookEndpointView> create(WebhookEndpointRequest request) {
        UUID tenant = caller.tenantId(request.tenantId());
        var secret = WebhookSecret.generate();
        WebhookEventTypes.require(request.types());
        return guard.resolve(request.url())
                .call(() -> endpoints.listOf(tenant).invoke(existing -> {
                    if (existing.size() >= config.mostEndpoints()) {
                        throw ProblemException.conflict(
                                "too-many-webhook-endpoints",
                                "The tenant has " + existing.size() + " endpoints; " + config.mostEndpoints()
                                        + " are allowed.");
                    }
                }))
                .chain(checked -> endpoints.persist(
                        new WebhookEndpoint(tenant, request, checked.url(), seal.seal(secret), clock.instant())))
                .call(endpoint -> record("created", endpoint))
                .map(endpoint -> endpoint.view(seal.sealedText(secret)));
    }

    Uni<WebhookEndpointView> change(UUID id, WebhookEndpointRequest request) {
        caller.tenant().ifPresent(own -> caller.tenantId(request.tenantId()));
        WebhookEventTypes.require(request.types());
        return guard.resolve(request.url())
                .chain(checked -> transaction.asCaller(() -> forChange(id)
                        .invoke(endpoint -> endpoint.change(request, checked.url(), clock.instant()))
                        .call(endpoint -> record("changed", endpoint))
                        .map(endpoint -> endpoint.view(null))));
    }

    /** The view holds the new secret sealed: see {@link #revealed}. */
    Uni<WebhookEndpointView> rotate(UUID id) {
        var secret = WebhookSecret.generate();
        Instant now = clock.instant();
        return forChange(id)
                .call(() -> earlierSecrets.forget(id, now))
                .call(endpoint ->
                        earlierSecrets.validAt(id, now).invoke(earlier -> refuseTooMany(endpoint, earlier, now)))
                .call(endpoint -> endpoint.rotate(seal.seal(secret), now, config.rotationOverlap())
                        .map(earlierSecrets::persist)
                        .map(Uni::replaceWithVoid)
                        .orElseGet(() -> Uni.createFrom().voidItem()))
                .call(endpoint -> record("secret_rotated", endpoint))
                .map(endpoint -> endpoint.view(seal.sealedText(secret)));
    }

    Uni<Void> delete(UUID id) {
        return transaction.asCaller(() -> forChange(id)
                .call(endpoint -> record("deleted", endpoint))
                .call(() -> earlierSecrets.forgetAll(id))
                .chain(endpoints::delete));
    }

    Uni<WebhookEndpointView> get(UUID id) {
        return transaction.asCaller(() -> required(endpoints.findById(id), id).map(endpoint -> endpoint.view(null)));
    }

    Uni<Page<WebhookEndpointView>> list(UUID named, PageRequest page) {
        caller.tenant().ifPresent(own -> caller.tenantId(named));
        return transaction
                .asCaller(() -> endpoints.listAfter(
                        caller.tenant().or(() -> Optional.ofNullable(named)), page.afterId(), page.limit() + 1))
                .map(found -> Page.of(
                                found, page.limit(), endpoint -> endpoint.id().toString())
                        .map(endpoint -> endpoint.view(null)));
    }

    private WebhookTarget target(WebhookEndpoint endpoint, List<EarlierSecret> earlier, Instant now) {
        return target(
                endpoint,
                Stream.concat(endpoint.secretsAt(now).stream(), earlier.stream().map(EarlierSecret::secret))
                        .map(seal::open)
                        .toList());
    }

    private static WebhookTarget target(WebhookEndpoint endpoint, List<WebhookSecret> secrets) {
        return new WebhookTarget(
                endpoint.id(), endpoint.tenantId(), endpoint.url(), endpoint.disabledReason(), secrets);
    }

    /** All that were promised sign on, so there is an end to promising. */
    private void refuseTooMany(WebhookEndpoint endpoint, List<EarlierSecret> earlier, Instant now) {
        int signing = endpoint.secretsAt(now).size() + earlier.size();
        if (signing >= config.mostSecrets()) {
            throw ProblemException.conflict(
                    "too-many-webhook-secrets",
                    "The endpoint '" + endpoint.id() + "' has " + signing + " secrets that sign; "
                            + config.mostSecrets()
                            + " are allowed. Each signs until the time that its rotation named.");
        }
    }

    private Uni<WebhookEndpoint> forChange(UUID id) {
        return required(endpoints.findForChange(id), id);
    }

    private Uni<Void> record(String verb, WebhookEndpoint endpoint) {
        return audit.record(
                "webhook_endpoint." + verb,
                "webhook_endpoint",
                endpoint.id(),
                endpoint.tenantId(),
                Map.of("url", endpoint.url()));
    }

    /** The first wall; row-level security is the second. */
    private Uni<WebhookEndpoint> required(Uni<WebhookEndpoint> found, UUID id) {
        return found.map(endpoint -> endpoint != null && isCallers(endpoint) ? endpoint : null)
                .onItem()
                .ifNull()
                .failWith(() -> ProblemException.notFound("webhook endpoint", id));
    }

    private boolean isCallers(WebhookEndpoint endpoint) {
        return caller.tenant().map(own -> own.equals(endpoint.tenantId())).orElse(true);
    }
}

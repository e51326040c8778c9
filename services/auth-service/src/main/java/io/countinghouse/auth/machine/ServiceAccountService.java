package io.countinghouse.auth.machine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.countinghouse.auth.revocation.RevocationFeed;
import io.countinghouse.auth.secret.OpaqueToken;
import io.countinghouse.auth.secret.ServerSecret;
import io.countinghouse.auth.user.UserAccounts;
import io.countinghouse.defaults.audit.AuditTrail;
import io.countinghouse.defaults.idempotency.Idempotency;
import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.page.PageRequest;
import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.defaults.security.Roles;
import io.countinghouse.defaults.tenancy.Caller;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.countinghouse.defaults.time.Ids;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/** Creates, lists and revokes service accounts: those of the own tenant, or all for the operator. */
@ApplicationScoped
class ServiceAccountService {

    private static final String SECRET_PREFIX = "chs_";

    /** A client that lost the answer asks again soon; later a repetition would only help whoever finds the key. */
    private static final Duration SECRET_SHOWN_FOR = Duration.ofDays(1);

    private final ServiceAccountRepository accounts;
    private final UserAccounts users;
    private final RevocationFeed revocations;
    private final ServerSecret secret;
    private final TenantTransaction transaction;
    private final Idempotency idempotency;
    private final AuditTrail audit;
    private final Caller caller;
    private final ObjectMapper json;
    private final Clock clock;

    ServiceAccountService(
            ServiceAccountRepository accounts,
            UserAccounts users,
            RevocationFeed revocations,
            ServerSecret secret,
            TenantTransaction transaction,
            Idempotency idempotency,
            AuditTrail audit,
            Caller caller,
            ObjectMapper json,
            Clock clock) {
        this.accounts = accounts;
        this.users = users;
        this.revocations = revocations;
        this.secret = secret;
        this.transaction = transaction;
        this.idempotency = idempotency;
        this.audit = audit;
        this.caller = caller;
        this.json = json;
        this.clock = clock;
    }

    /**
     * The account's secret is computed from its id and the server's secret, so that the answer which is stored for a
     * repetition need not hold it, and a repetition still gets the whole answer.
     */
    Uni<Response> create(CreateServiceAccountRequest request) {
        UUID tenant = tenantOf(request);
        Set<String> scopes = allowed(request);
        return idempotency
                .once(
                        request,
                        () -> add(tenant, request, scopes)
                                .map(view -> Response.status(201).entity(view).build()))
                .map(this::withSecret);
    }

    Uni<Page<ServiceAccountView>> list(UUID namedTenant, PageRequest page) {
        Optional<UUID> tenant =
                caller.isAboveTenants() ? Optional.ofNullable(namedTenant) : Optional.of(caller.tenantId(namedTenant));
        return transaction.asCaller(() -> accounts.newest(tenant, page.afterId(), page.limit() + 1)
                .chain(rows -> users.withoutRole(makersOf(rows), Set.of(Roles.OPERATOR, Roles.OWNER, Roles.ADMIN))
                        .map(demoted -> Page.of(
                                        rows, page.limit(), row -> row.id().toString())
                                .map(row -> ServiceAccountView.of(row, demoted.contains(row.createdBy()))))));
    }

    Uni<Void> revoke(UUID id) {
        return transaction.asCaller(() -> accounts.findLiveIn(caller.tenant(), id)
                .onItem()
                .ifNull()
                .failWith(() -> ProblemException.notFound("service account", id))
                .invoke(account -> {
                    if (account.isMadeByOperator() && !caller.isAboveTenants()) {
                        throw ProblemException.forbidden("The service account '" + id
                                + "' was made by the operator; only the operator revokes it.");
                    }
                    account.revoke(clock.instant());
                })
                .call(() -> revocations.revokeSubject(id))
                .chain(account -> audit.record(
                        "service_account.revoked",
                        "service_account",
                        id,
                        account.tenantId(),
                        Map.of("client_id", account.clientId()))));
    }

    private static Set<String> makersOf(List<ServiceAccount> accounts) {
        return accounts.stream()
                .map(ServiceAccount::createdBy)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private Uni<ServiceAccountView> add(UUID tenant, CreateServiceAccountRequest request, Set<String> scopes) {
        UUID id = Ids.next();
        Instant now = clock.instant();
        if (request.expiresAt() != null && !request.expiresAt().isAfter(now)) {
            throw ProblemException.invalidField("expires_at", "'" + request.expiresAt() + "' is not in the future");
        }
        ServiceAccount account = ServiceAccount.named(
                request.name(),
                tenant,
                new ServiceAccount.Maker(caller.subject(), caller.isAboveTenants()),
                id,
                scopes,
                OpaqueToken.sha256(secretOf(id)),
                request.expiresAt(),
                now);
        return accounts.persist(account)
                .call(() -> audit.record(
                        "service_account.created",
                        "service_account",
                        id,
                        tenant,
                        Map.of("name", request.name(), "scopes", account.scopes())))
                .map(made -> ServiceAccountView.of(made, false));
    }

    private UUID tenantOf(CreateServiceAccountRequest request) {
        return caller.isAboveTenants() ? request.tenantId() : caller.tenantId(request.tenantId());
    }

    private Set<String> allowed(CreateServiceAccountRequest request) {
        Set<String> allowed = caller.isAboveTenants() ? Scopes.ALL : Scopes.OF_TENANTS;
        for (String scope : request.scopes()) {
            if (scope.equals(Roles.USAGE_WRITE) && !allowed.contains(scope)) {
                throw ProblemException.forbidden("'" + scope
                        + "' is given by the operator alone: whoever is billed does"
                        + " not write the meter. Where customers may report their own usage, '" + Roles.USAGE_REPORT
                        + "' lets a machine do so.");
            }
            if (!allowed.contains(scope)) {
                throw ProblemException.invalidField(
                        "scopes", "'%s' is none of %s".formatted(scope, Scopes.join(allowed)));
            }
        }
        return new TreeSet<>(request.scopes());
    }

    private Response withSecret(Response answer) {
        ServiceAccountView view =
                answer.getEntity() instanceof String stored ? read(stored) : (ServiceAccountView) answer.getEntity();
        boolean isShown = clock.instant().isBefore(view.createdAt().plus(SECRET_SHOWN_FOR));
        return Response.fromResponse(answer)
                .entity(isShown ? view.withSecret(secretOf(view.id())) : view)
                .build();
    }

    private ServiceAccountView read(String stored) {
        try {
            return json.readValue(stored, ServiceAccountView.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored answer cannot be read", e);
        }
    }

    private String secretOf(UUID id) {
        return OpaqueToken.of(
                SECRET_PREFIX, secret.derive("service-account", id.toString().getBytes(StandardCharsets.UTF_8)));
    }
}

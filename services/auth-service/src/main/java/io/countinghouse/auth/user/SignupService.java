package io.countinghouse.auth.user;

import io.countinghouse.auth.password.PasswordHasher;
import io.countinghouse.auth.password.Passwords;
import io.countinghouse.auth.secret.OpaqueToken;
import io.countinghouse.auth.secret.ServerSecret;
import io.countinghouse.auth.throttle.AttemptThrottle;
import io.countinghouse.defaults.audit.AuditTrail;
import io.countinghouse.defaults.event.DomainEvent;
import io.countinghouse.defaults.event.Outbox;
import io.countinghouse.defaults.idempotency.Idempotency;
import io.countinghouse.defaults.security.Roles;
import io.countinghouse.defaults.text.EmailAddress;
import io.countinghouse.defaults.time.Ids;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Makes a tenant and its owner, both or neither. */
@ApplicationScoped
class SignupService {

    private final TenantRepository tenants;
    private final UserRepository users;
    private final PasswordHasher hasher;
    private final AttemptThrottle throttle;
    private final ServerSecret secret;
    private final Idempotency idempotency;
    private final Outbox outbox;
    private final AuditTrail audit;
    private final Clock clock;

    SignupService(
            TenantRepository tenants,
            UserRepository users,
            PasswordHasher hasher,
            AttemptThrottle throttle,
            ServerSecret secret,
            Idempotency idempotency,
            Outbox outbox,
            AuditTrail audit,
            Clock clock) {
        this.tenants = tenants;
        this.users = users;
        this.hasher = hasher;
        this.throttle = throttle;
        this.secret = secret;
        this.idempotency = idempotency;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
    }

    /** Hashes outside the transaction, so that a tenth of a second of CPU holds no database connection. */
    Uni<Response> signUp(SignupRequest request, String clientAddress) {
        String password = Passwords.accept(request.password(), request.email(), request.name(), request.tenantName());
        return throttle.admitSignUp(clientAddress)
                .chain(() -> hasher.hash(password))
                .chain(hash -> idempotency.once(
                        fingerprint(request, password),
                        () -> create(request, hash)
                                .map(view -> Response.status(201).entity(view).build())));
    }

    private Uni<SignupView> create(SignupRequest request, String hash) {
        Instant now = clock.instant();
        UUID ownerId = Ids.next();
        Tenant tenant = Tenant.named(request.tenantName(), Ids.next(), ownerId, now);
        User.Person person = new User.Person(EmailAddress.of(request.email()), request.name());
        User owner = User.inTenant(tenant.id(), ownerId, person, Roles.OWNER, hash, now);
        return tenants.persist(tenant)
                .chain(() -> users.add(owner))
                .chain(() -> outbox.publish(new DomainEvent(
                        TenantCreated.TYPE, tenant.id(), tenant.id().toString(), TenantCreated.of(tenant, owner))))
                .chain(() -> audit.record(
                        new AuditTrail.Actor("user", owner.id().toString()),
                        "tenant.created",
                        "tenant",
                        tenant.id(),
                        tenant.id(),
                        AuditTrail.Outcome.SUCCESS,
                        Map.of("name", tenant.name(), "owner_user_id", owner.id())))
                .replaceWith(() -> new SignupView(TenantView.of(tenant), UserView.of(owner)));
    }

    /**
     * What a repetition is compared by. The password takes part under the server's secret: a plain hash of the request,
     * kept for ever beside the Argon2id hash, would be the cheaper one to guess from.
     */
    private Map<String, String> fingerprint(SignupRequest request, String password) {
        byte[] mac = secret.derive("idempotency", password.getBytes(StandardCharsets.UTF_8));
        return Map.of(
                "tenant_name", request.tenantName(),
                "name", request.name(),
                "email", request.email(),
                "password", OpaqueToken.of("", mac));
    }

    /** The data of {@code auth.tenant.created.v1}. */
    @RegisterForReflection
    record TenantCreated(UUID tenantId, String name, UUID ownerUserId, String ownerEmail, String ownerName) {

        static final String TYPE = "auth.tenant.created.v1";

        static TenantCreated of(Tenant tenant, User owner) {
            return new TenantCreated(tenant.id(), tenant.name(), owner.id(), owner.email(), owner.name());
        }
    }
}

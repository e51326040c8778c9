package io.countinghouse.auth.user;

import io.countinghouse.auth.password.PasswordHasher;
import io.countinghouse.auth.password.Passwords;
import io.countinghouse.auth.secret.OpaqueToken;
import io.countinghouse.auth.secret.ServerSecret;
import io.countinghouse.defaults.audit.AuditTrail;
import io.countinghouse.defaults.event.Outbox;
import io.countinghouse.defaults.idempotency.Idempotency;
import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.page.PageRequest;
import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.defaults.security.Roles;
import io.countinghouse.defaults.tenancy.Caller;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.countinghouse.defaults.text.EmailAddress;
import io.countinghouse.defaults.time.Ids;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;

/** The people of a tenant, and who may change them: an admin anything but owners, an owner everybody. */
@ApplicationScoped
class UserService {

    private final UserRepository users;
    private final TenantRepository tenants;
    private final UserSessions sessions;
    private final PasswordHasher hasher;
    private final ServerSecret secret;
    private final TenantTransaction transaction;
    private final Idempotency idempotency;
    private final Outbox outbox;
    private final AuditTrail audit;
    private final Caller caller;
    private final Clock clock;

    UserService(
            UserRepository users,
            TenantRepository tenants,
            UserSessions sessions,
            PasswordHasher hasher,
            ServerSecret secret,
            TenantTransaction transaction,
            Idempotency idempotency,
            Outbox outbox,
            AuditTrail audit,
            Caller caller,
            Clock clock) {
        this.users = users;
        this.tenants = tenants;
        this.sessions = sessions;
        this.hasher = hasher;
        this.secret = secret;
        this.transaction = transaction;
        this.idempotency = idempotency;
        this.outbox = outbox;
        this.audit = audit;
        this.caller = caller;
        this.clock = clock;
    }

    Uni<UserInfoView> whoAmI() {
        UUID id = UUID.fromString(caller.subject());
        return transaction.asCaller(() -> users.findIn(caller.tenant(), id)
                .onItem()
                .ifNull()
                .failWith(() -> ProblemException.notFound("user", id))
                .chain(user -> user.tenantId() == null
                        ? Uni.createFrom().item(info(user, null))
                        : tenants.findById(user.tenantId()).map(tenant -> info(user, TenantView.of(tenant)))));
    }

    Uni<Page<UserView>> list(UUID namedTenant, PageRequest page) {
        UUID tenant = caller.tenantId(namedTenant);
        return transaction
                .asCaller(() -> users.newest(tenant, page.afterId(), page.limit() + 1))
                .map(rows ->
                        Page.of(rows, page.limit(), row -> row.id().toString()).map(UserView::of));
    }

    Uni<Response> create(CreateUserRequest request) {
        UUID tenant = caller.tenantId(request.tenantId());
        refuseUnlessOwnerFor(request.role());
        String password = Passwords.accept(request.password(), request.email(), request.name());
        return hasher.hash(password)
                .chain(hash -> idempotency.once(
                        fingerprint(request, password),
                        () -> add(tenant, request, hash)
                                .map(view -> Response.status(201).entity(view).build())));
    }

    private Uni<UserView> add(UUID tenant, CreateUserRequest request, String hash) {
        User.Person person = new User.Person(EmailAddress.of(request.email()), request.name());
        User user = User.inTenant(tenant, Ids.next(), person, request.role(), hash, clock.instant())
                .withFirstPassword();
        return tenants.findById(tenant)
                .onItem()
                .ifNull()
                .failWith(() -> ProblemException.notFound("tenant", tenant))
                .chain(() -> users.add(user))
                .call(() -> audit.record("user.created", "user", user.id(), tenant, Map.of("role", user.role())))
                .map(UserView::of);
    }

    /** Ends the user's sessions: a token must not outlive the role it was issued for. */
    Uni<UserView> changeRole(UUID id, String role) {
        return transaction.asCaller(() -> users.findIn(caller.tenant(), id)
                .map(user -> {
                    if (user == null || user.tenantId() == null) {
                        throw ProblemException.notFound("user", id);
                    }
                    return user;
                })
                // Two owners who demote each other at the same time must wait for one another.
                .chain(user -> tenants.findById(user.tenantId(), LockModeType.PESSIMISTIC_WRITE)
                        .chain(tenant -> changeRole(tenant, user, role))));
    }

    private Uni<UserView> changeRole(Tenant tenant, User user, String role) {
        refuseUnlessOwnerFor(user.role());
        refuseUnlessOwnerFor(role);
        if (user.mustChangePassword() && (role.equals(Roles.OWNER) || role.equals(Roles.ADMIN))) {
            throw ProblemException.conflict(
                    "first-password-unchanged",
                    "User '" + user.id()
                            + "' has not changed the first password, which somebody else knows: such a user"
                            + " becomes neither owner nor admin.");
        }
        String before = user.role();
        if (before.equals(role)) {
            return Uni.createFrom().item(UserView.of(user));
        }
        return ensureAnOwnerRemains(user)
                .invoke(() -> user.changeRole(role))
                .chain(users::flush)
                .chain(() -> sessions.endAll(user.id(), null, UserSessions.Reason.ROLE_CHANGE))
                .chain(() -> audit.record(
                        "user.role_changed", "user", user.id(), user.tenantId(), Map.of("from", before, "to", role)))
                .chain(() -> handOver(tenant, user))
                .replaceWith(() -> UserView.of(user));
    }

    /** Mails go to an owner: when the one they go to is none any more, to the one who has been here longest. */
    private Uni<Void> handOver(Tenant tenant, User user) {
        if (user.isOwner() || !tenant.isContact(user)) {
            return Uni.createFrom().voidItem();
        }
        return users.oldestOwner(tenant.id())
                .invoke(tenant::contact)
                .call(owner -> outbox.publish(TenantContactChanged.event(tenant, user, owner)))
                .chain(owner -> audit.record(
                        "tenant.contact_changed",
                        "tenant",
                        tenant.id(),
                        tenant.id(),
                        Map.of("from_user_id", user.id(), "to_user_id", owner.id())));
    }

    private Uni<Void> ensureAnOwnerRemains(User user) {
        if (!user.isOwner()) {
            return Uni.createFrom().voidItem();
        }
        return users.countOwnersBeside(user)
                .invoke(others -> {
                    if (others < 1) {
                        throw new LastOwnerException(user.id());
                    }
                })
                .replaceWithVoid();
    }

    private void refuseUnlessOwnerFor(String role) {
        if (Roles.OWNER.equals(role) && !caller.isOperator() && !caller.roles().contains(Roles.OWNER)) {
            throw ProblemException.forbidden("Only an owner may make or change an owner.");
        }
    }

    /** As for a sign-up: no fast hash of the password may be kept. */
    private Map<String, String> fingerprint(CreateUserRequest request, String password) {
        byte[] mac = secret.derive("idempotency", password.getBytes(StandardCharsets.UTF_8));
        return Map.of(
                "email", request.email(),
                "name", request.name(),
                "role", request.role(),
                "tenant_id", String.valueOf(request.tenantId()),
                "password", OpaqueToken.of("", mac));
    }

    private static UserInfoView info(User user, TenantView tenant) {
        return new UserInfoView(user.id(), user.email(), user.name(), user.role(), tenant);
    }
}

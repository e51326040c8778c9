package io.countinghouse.auth.session;

import io.countinghouse.auth.key.AccessTokens;
import io.countinghouse.auth.key.TokenHolder;
import io.countinghouse.auth.password.PasswordHasher;
import io.countinghouse.auth.password.Passwords;
import io.countinghouse.auth.throttle.Account;
import io.countinghouse.auth.throttle.AttemptThrottle;
import io.countinghouse.auth.user.Credentials;
import io.countinghouse.auth.user.UserAccounts;
import io.countinghouse.defaults.audit.AuditTrail;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.countinghouse.defaults.time.Ids;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Opens a session for an e-mail address and a password. No database connection is held while the password is hashed. */
@ApplicationScoped
class LoginService {

    private final UserAccounts users;
    private final LoginSessionRepository sessions;
    private final AuthTokenRepository tokens;
    private final PasswordHasher hasher;
    private final AttemptThrottle throttle;
    private final AccessTokens accessTokens;
    private final SessionSecret secret;
    private final SessionConfig config;
    private final SessionMetrics metrics;
    private final TenantTransaction transaction;
    private final AuditTrail audit;
    private final Clock clock;

    LoginService(
            UserAccounts users,
            LoginSessionRepository sessions,
            AuthTokenRepository tokens,
            PasswordHasher hasher,
            AttemptThrottle throttle,
            AccessTokens accessTokens,
            SessionSecret secret,
            SessionConfig config,
            SessionMetrics metrics,
            TenantTransaction transaction,
            AuditTrail audit,
            Clock clock) {
        this.users = users;
        this.sessions = sessions;
        this.tokens = tokens;
        this.hasher = hasher;
        this.throttle = throttle;
        this.accessTokens = accessTokens;
        this.secret = secret;
        this.config = config;
        this.metrics = metrics;
        this.transaction = transaction;
        this.audit = audit;
        this.clock = clock;
    }

    Uni<TokenPairView> login(LoginRequest request, LoginSession.Client client) {
        String email = request.email().strip();
        String password = Passwords.normalise(request.password());
        return transaction
                .forAllTenants(() -> users.findByEmail(email))
                .chain(user -> throttle.guard(account(email, user), client.address(), () -> isRight(user, password))
                        .chain(isRight -> isRight ? open(user.orElseThrow(), password, client) : refuse(user, client)));
    }

    private static Account account(String email, Optional<Credentials> user) {
        return user.map(known -> Account.of(email, known.userId(), known.tenantId()))
                .orElseGet(() -> Account.ofNobody(email));
    }

    /** An unknown e-mail address costs the same hash as a known one. */
    private Uni<Boolean> isRight(Optional<Credentials> user, String password) {
        return user.map(known -> hasher.verify(known.passwordHash(), password))
                .orElseGet(() -> hasher.verifyNobody(password));
    }

    private Uni<TokenPairView> open(Credentials verified, String password, LoginSession.Client client) {
        Uni<Optional<String>> newHash = hasher.isOutdated(verified.passwordHash())
                ? hasher.hash(password).map(Optional::of)
                : Uni.createFrom().item(Optional.empty());
        return newHash.chain(hash -> transaction.forAllTenants(() -> users.getForSession(verified.userId())
                        .invoke(current -> refuseIfChanged(verified, current))
                        .call(() -> hash.map(made -> users.rehash(verified, made))
                                .orElseGet(() -> Uni.createFrom().voidItem()))
                        .chain(user -> start(user, client))))
                .invoke(metrics::loggedIn);
    }

    /** The password was changed while it was being verified. */
    private static void refuseIfChanged(Credentials verified, Credentials current) {
        if (!current.passwordHash().equals(verified.passwordHash())) {
            throw new InvalidCredentialsException();
        }
    }

    private Uni<TokenPairView> start(Credentials user, LoginSession.Client client) {
        Instant now = clock.instant();
        LoginSession session = LoginSession.startedAt(now, Ids.next(), user, client, now.plus(config.lifetime()));
        RefreshToken refreshToken = RefreshToken.random();
        AuthToken first =
                AuthToken.first(session, Ids.next(), secret.hash(refreshToken), now, now.plus(config.idleLifetime()));
        return sessions.persistAndFlush(session)
                .chain(() -> tokens.persist(first))
                .chain(() -> audit.record(
                        new AuditTrail.Actor(
                                user.tenantId() == null ? "operator" : "user",
                                user.userId().toString()),
                        "user.logged_in",
                        "session",
                        session.id(),
                        user.tenantId(),
                        AuditTrail.Outcome.SUCCESS,
                        Map.of("user_id", user.userId())))
                // Last, and within the transaction: where no token can be signed there is no session either.
                .chain(() -> accessTokens.issue(
                        TokenHolder.person(user.userId(), user.tenantId(), user.role(), session.id(), user.email())))
                .map(accessToken -> TokenPairView.of(accessToken, refreshToken, user));
    }

    /** An unknown address is not written down: people type passwords into the wrong field. */
    private Uni<TokenPairView> refuse(Optional<Credentials> user, LoginSession.Client client) {
        String id = user.map(known -> known.userId().toString()).orElse("unknown");
        return transaction
                .forAllTenants(() -> audit.record(
                        new AuditTrail.Actor("user", id),
                        "user.login_failed",
                        "user",
                        id,
                        user.map(Credentials::tenantId).orElse(null),
                        AuditTrail.Outcome.FAILURE,
                        Map.of("client_address", client.address())))
                .chain(() -> Uni.createFrom().failure(new InvalidCredentialsException()));
    }
}

package io.countinghouse.auth.session;

import io.countinghouse.auth.key.AccessTokens;
import io.countinghouse.auth.key.TokenHolder;
import io.countinghouse.auth.secret.ServerSecret;
import io.countinghouse.auth.user.UserAccounts;
import io.countinghouse.defaults.audit.AuditTrail;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.countinghouse.defaults.time.Ids;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Exchanges a refresh token for its child and a new access token. */
@ApplicationScoped
class RefreshService {

    private final AuthTokenRepository tokens;
    private final LoginSessionRepository sessions;
    private final SessionEnding ending;
    private final UserAccounts users;
    private final AccessTokens accessTokens;
    private final ServerSecret secret;
    private final SessionSecret sessionSecret;
    private final SessionConfig config;
    private final TenantTransaction transaction;
    private final AuditTrail audit;
    private final Clock clock;

    RefreshService(
            AuthTokenRepository tokens,
            LoginSessionRepository sessions,
            SessionEnding ending,
            UserAccounts users,
            AccessTokens accessTokens,
            ServerSecret secret,
            SessionSecret sessionSecret,
            SessionConfig config,
            TenantTransaction transaction,
            AuditTrail audit,
            Clock clock) {
        this.tokens = tokens;
        this.sessions = sessions;
        this.ending = ending;
        this.users = users;
        this.accessTokens = accessTokens;
        this.secret = secret;
        this.sessionSecret = sessionSecret;
        this.config = config;
        this.transaction = transaction;
        this.audit = audit;
        this.clock = clock;
    }

    /** A token that nobody knows may be another replica's, made under a session secret that came a moment ago. */
    Uni<TokenPairView> refresh(String presented) {
        RefreshToken token = new RefreshToken(presented);
        return attempt(token)
                .onFailure(InvalidRefreshTokenException.class)
                .recoverWithUni(failure -> sessionSecret
                        .isNewer()
                        .chain(newer ->
                                newer ? attempt(token) : Uni.createFrom().failure(failure)));
    }

    /** The end of a family must be committed although the request fails, so the transaction answers "nothing" for it. */
    private Uni<TokenPairView> attempt(RefreshToken token) {
        return transaction
                .forAllTenants(() -> exchange(token))
                .map(pair -> pair.orElseThrow(InvalidRefreshTokenException::new));
    }

    private Uni<Optional<TokenPairView>> exchange(RefreshToken presented) {
        Instant now = clock.instant();
        List<byte[]> hashes = sessionSecret.hashes(presented);
        return tokens.consume(hashes, now)
                .chain(isFirst -> tokens.findByHash(hashes).chain(stored -> {
                    if (stored == null) {
                        throw new InvalidRefreshTokenException();
                    }
                    return sessions.findById(stored.sessionId()).chain(session -> {
                        if (!session.isLiveAt(now) || stored.isExpiredAt(now)) {
                            throw new InvalidRefreshTokenException();
                        }
                        if (isFirst) {
                            return rotate(stored, presented, session, now).chain(() -> pair(presented, session));
                        }
                        return stored.isWithinGrace(now, config.refreshGrace())
                                ? pair(presented, session)
                                : endFamily(session);
                    });
                }));
    }

    private Uni<AuthToken> rotate(AuthToken stored, RefreshToken presented, LoginSession session, Instant now) {
        session.usedAt(now);
        byte[] child = sessionSecret.hash(presented.child(secret));
        return tokens.persist(AuthToken.childOf(stored, Ids.next(), child, now, now.plus(config.idleLifetime())));
    }

    private Uni<Optional<TokenPairView>> pair(RefreshToken presented, LoginSession session) {
        return users.get(session.userId())
                .chain(user -> accessTokens
                        .issue(TokenHolder.person(
                                user.userId(), user.tenantId(), user.role(), session.id(), user.email()))
                        .map(accessToken -> Optional.of(TokenPairView.of(accessToken, presented.child(secret), user))));
    }

    private Uni<Optional<TokenPairView>> endFamily(LoginSession session) {
        return ending.end(List.of(session), EndReason.REFRESH_REUSE)
                .chain(() -> audit.record(
                        new AuditTrail.Actor("user", session.userId().toString()),
                        "session.refresh_token_reused",
                        "session",
                        session.id(),
                        session.tenantId(),
                        AuditTrail.Outcome.DENIED,
                        Map.of("user_id", session.userId())))
                .replaceWith(Optional.empty());
    }
}

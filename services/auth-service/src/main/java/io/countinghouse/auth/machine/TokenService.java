package io.countinghouse.auth.machine;

import io.countinghouse.auth.key.AccessTokens;
import io.countinghouse.auth.key.TokenHolder;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Exchanges a client's secret for an access token with its scopes, or with fewer if it asks for fewer. */
@ApplicationScoped
class TokenService {

    private final ServiceAccountRepository accounts;
    private final AccessTokens accessTokens;
    private final TenantTransaction transaction;
    private final Clock clock;

    TokenService(
            ServiceAccountRepository accounts, AccessTokens accessTokens, TenantTransaction transaction, Clock clock) {
        this.accounts = accounts;
        this.accessTokens = accessTokens;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** The account, if the secret is its own. */
    Uni<Optional<ServiceAccount>> authenticate(ClientCredentials credentials) {
        return transaction
                .forAllTenants(() -> accounts.findByClientId(credentials.clientId()))
                .map(account -> Optional.ofNullable(account)
                        .filter(known -> known.accepts(credentials.secret(), clock.instant())));
    }

    Uni<TokenView> issue(ServiceAccount account, Set<String> scopes) {
        Duration lifetime = account.remainingAt(clock.instant())
                .filter(rest -> rest.compareTo(AccessTokens.LIFETIME) < 0)
                .orElse(AccessTokens.LIFETIME);
        return accessTokens
                .issue(TokenHolder.machine(account.id(), account.tenantId(), scopes, account.clientId()), lifetime)
                .call(() -> noteUseOf(account))
                .map(token -> new TokenView(token, "Bearer", lifetime.toSeconds(), Scopes.join(scopes)));
    }

    private Uni<Integer> noteUseOf(ServiceAccount account) {
        Instant now = clock.instant();
        Instant hourAgo = now.minus(Duration.ofHours(1));
        return account.lastUsedAt() != null && !account.lastUsedAt().isBefore(hourAgo)
                ? Uni.createFrom().item(0)
                : transaction.forAllTenants(() -> accounts.use(account.id(), now, hourAgo));
    }
}

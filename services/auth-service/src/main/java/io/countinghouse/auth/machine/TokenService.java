package io.countinghouse.auth.machine;

import io.countinghouse.auth.key.AccessTokens;
import io.countinghouse.auth.key.TokenHolder;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;

/** Exchanges a client's secret for an access token with its scopes, or with fewer if it asks for fewer. */
@ApplicationScoped
class TokenService {

    private final ServiceAccountRepository accounts;
    private final AccessTokens accessTokens;
    private final TenantTransaction transaction;

    TokenService(ServiceAccountRepository accounts, AccessTokens accessTokens, TenantTransaction transaction) {
        this.accounts = accounts;
        this.accessTokens = accessTokens;
        this.transaction = transaction;
    }

    /** The account, if the secret is its own. */
    Uni<Optional<ServiceAccount>> authenticate(ClientCredentials credentials) {
        return transaction
                .forAllTenants(() -> accounts.findByClientId(credentials.clientId()))
                .map(account -> Optional.ofNullable(account).filter(known -> known.accepts(credentials.secret())));
    }

    Uni<TokenView> issue(ServiceAccount account, Set<String> scopes) {
        return accessTokens
                .issue(TokenHolder.machine(account.id(), account.tenantId(), scopes, account.clientId()))
                .map(token -> new TokenView(token, "Bearer", AccessTokens.LIFETIME.toSeconds(), Scopes.join(scopes)));
    }
}

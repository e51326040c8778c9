package io.countinghouse.defaults.security;

import io.countinghouse.defaults.problem.RefusedToken;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AnonymousAuthenticationRequest;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.smallrye.jwt.runtime.auth.JWTAuthMechanism;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.util.Set;

/**
 * A token that is not valid is no token. An operation that needs one answers 401 and says why; one that needs none, such as
 * a refresh or the key set, does its work: HTTP clients attach the token they have to every call.
 */
@Alternative
@Priority(1)
@ApplicationScoped
class BearerMechanism implements HttpAuthenticationMechanism {

    private final JWTAuthMechanism tokens;

    BearerMechanism(JWTAuthMechanism tokens) {
        this.tokens = tokens;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identities) {
        return tokens.authenticate(context, identities)
                .onFailure(AuthenticationFailedException.class)
                .recoverWithUni(refused -> {
                    RefusedToken.noteIn(context, refused, AccessTokenAugmentor.REVOKED.equals(refused.getMessage()));
                    return identities.authenticate(AnonymousAuthenticationRequest.INSTANCE);
                });
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return tokens.getChallenge(context);
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return tokens.getCredentialTypes();
    }

    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext context) {
        return tokens.getCredentialTransport(context);
    }

    /** Asked before the mechanism that it stands in front of. */
    @Override
    public int getPriority() {
        return DEFAULT_PRIORITY + 1;
    }
}

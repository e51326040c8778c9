package io.countinghouse.defaults.security;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * What a token must satisfy beyond signature, issuer, audience and expiry, which SmallRye JWT has verified by now:
 * it is an access token (RFC 9068 {@code typ}), and neither its session nor its subject has been revoked.
 */
@ApplicationScoped
class AccessTokenAugmentor implements SecurityIdentityAugmentor {

    /** RFC 7515 section 2: base64url without padding, which a lenient decoder lets through. */
    private static final Pattern JWS = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

    static final String REVOKED = "revoked";

    private final Revocations revocations;

    AccessTokenAugmentor(Revocations revocations) {
        this.revocations = revocations;
    }

    @Override
    public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
        if (identity.getPrincipal() instanceof JsonWebToken token) {
            if (!JWS.matcher(token.getRawToken()).matches() || !isAccessToken(token.getRawToken())) {
                return Uni.createFrom().failure(new AuthenticationFailedException("not an access token"));
            }
            if (revocations.isRevoked(token)) {
                return Uni.createFrom().failure(new AuthenticationFailedException(REVOKED));
            }
        }
        return Uni.createFrom().item(identity);
    }

    /** The verified header is not part of the principal, so it is read again from the raw token. */
    private static boolean isAccessToken(String rawToken) {
        String header = new String(
                Base64.getUrlDecoder().decode(rawToken.substring(0, rawToken.indexOf('.'))), StandardCharsets.UTF_8);
        return new io.vertx.core.json.JsonObject(header).getString("typ", "").equalsIgnoreCase("at+jwt");
    }
}

package io.countinghouse.auth.key;

import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.DefaultJWTTokenParser;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import org.jose4j.jwt.consumer.JwtContext;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.UnresolvableKeyException;

/**
 * Verifies tokens with the keys this service holds, where the other six fetch its key set: asking oneself over HTTP
 * would need a free thread to answer while one waits, and would learn of a rotation later than it happened.
 */
@Alternative
@Priority(1)
@ApplicationScoped
class OwnKeyVerification extends JWTCallerPrincipalFactory {

    private final DefaultJWTTokenParser parser;

    OwnKeyVerification(SigningKeys keys) {
        this.parser = new DefaultJWTTokenParser() {
            @Override
            protected VerificationKeyResolver getVerificationKeyResolver(JWTAuthContextInfo context) {
                return (signature, nesting) -> keys.current()
                        .verifying(signature.getKeyIdHeaderValue())
                        .orElseThrow(() -> new UnresolvableKeyException("the token names no key of this service"));
            }
        };
    }

    @Override
    public JWTCallerPrincipal parse(String token, JWTAuthContextInfo context) throws ParseException {
        JwtContext verified = parser.parse(token, context);
        String type = verified.getJoseObjects().getFirst().getHeader("typ");
        return new DefaultJWTCallerPrincipal(token, type, verified.getJwtClaims());
    }
}

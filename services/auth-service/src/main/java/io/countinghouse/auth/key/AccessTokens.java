package io.countinghouse.auth.key;

import io.countinghouse.defaults.time.Ids;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Signs access tokens as RFC 9068 describes them: RS256, {@code typ} at+jwt, for the seven services together. */
@Startup
@ApplicationScoped
public class AccessTokens {

    /** Short, because a token is verified without asking: it bounds what a service misses that cannot poll revocations. */
    public static final Duration LIFETIME = Duration.ofMinutes(15);

    private static final String AUDIENCE = "countinghouse";

    private final SigningKeys keys;
    private final Clock clock;
    private final String issuer;
    private final Counter issued;

    AccessTokens(
            SigningKeys keys,
            Clock clock,
            MeterRegistry registry,
            @ConfigProperty(name = "countinghouse.security.issuer") String issuer) {
        this.keys = keys;
        this.clock = clock;
        this.issuer = issuer;
        this.issued = registry.counter("auth.tokens.issued");
    }

    public String issue(TokenHolder holder) {
        SigningKeys.Current key = keys.current();
        Instant now = clock.instant();
        JwtClaimsBuilder claims = Jwt.issuer(issuer)
                .audience(AUDIENCE)
                .subject(holder.subject().toString())
                .groups(holder.groups())
                .claim("jti", Ids.next().toString())
                .issuedAt(now)
                .expiresAt(now.plus(LIFETIME));
        holder.tenant().ifPresent(tenant -> claims.claim("tenant_id", tenant.toString()));
        holder.session().ifPresent(session -> claims.claim("sid", session.toString()));
        holder.email().ifPresent(email -> claims.claim("email", email));
        holder.clientId().ifPresent(client -> claims.claim("client_id", client));
        String token = claims.jws().keyId(key.kid()).header("typ", "at+jwt").sign(key.privateKey());
        issued.increment();
        return token;
    }
}

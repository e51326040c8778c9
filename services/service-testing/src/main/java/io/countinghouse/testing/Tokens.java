package io.countinghouse.testing;

import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** Access tokens as auth-service would issue them, signed by the test run's own key. */
public final class Tokens {

    public static final String ISSUER = "http://localhost:8080";

    private Tokens() {}

    /** The same person each time: one for each tenant and roles. */
    public static String of(UUID tenant, String... roles) {
        UUID person = UUID.nameUUIDFromBytes((tenant + String.join(" ", roles)).getBytes(StandardCharsets.UTF_8));
        return of(tenant, person, UUID.randomUUID(), roles);
    }

    public static String of(UUID tenant, UUID user, UUID session, String... roles) {
        return sign(claims(user.toString(), roles)
                .claim("tenant_id", tenant.toString())
                .claim("sid", session.toString())
                .claim("email", "user-" + user + "@example.com"));
    }

    /** Staff of the operator. */
    public static String operator() {
        return sign(claims(UUID.randomUUID().toString(), "operator")
                .claim("sid", UUID.randomUUID().toString()));
    }

    /** One of the seven services. */
    public static String service(String name) {
        return sign(claims(
                        UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                                .toString(),
                        "service")
                .claim("client_id", name));
    }

    /** A machine with scopes: of a tenant, or of the operator when {@code tenant} is null. */
    public static String scoped(UUID tenant, String... scopes) {
        JwtClaimsBuilder claims = claims(UUID.randomUUID().toString(), scopes)
                .claim("client_id", "machine")
                .claim("scope", String.join(" ", scopes));
        return sign(tenant == null ? claims : claims.claim("tenant_id", tenant.toString()));
    }

    /** A valid token whose only group no operation allows. */
    public static String ofNobody() {
        return of(UUID.randomUUID(), "nobody");
    }

    public static JwtClaimsBuilder claims(String subject, String... groups) {
        Instant now = Instant.now();
        return Jwt.issuer(ISSUER)
                .audience("countinghouse")
                .subject(subject)
                .groups(Set.of(groups))
                .issuedAt(now)
                .expiresAt(now.plus(Duration.ofMinutes(15)));
    }

    public static String sign(JwtClaimsBuilder claims) {
        return claims.jws()
                .header("typ", "at+jwt")
                .algorithm(SignatureAlgorithm.RS256)
                .keyId(TestKey.KEY_ID)
                .sign(TestKey.privateKey());
    }
}

package io.countinghouse.auth.key;

import io.countinghouse.defaults.time.Ids;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
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

    public Uni<String> issue(TokenHolder holder) {
        return issue(holder, LIFETIME);
    }

    /** Fails with a problem when the signing key cannot be reached. */
    public Uni<String> issue(TokenHolder holder, Duration lifetime) {
        SigningKeys.Current key = keys.current();
        String header = encode(new JsonObject()
                .put("alg", "RS256")
                .put("typ", "at+jwt")
                .put("kid", key.kid())
                .encode()
                .getBytes(StandardCharsets.UTF_8));
        String signed = header + "." + encode(claims(holder, lifetime).encode().getBytes(StandardCharsets.UTF_8));
        return key.signer()
                .sign(signed.getBytes(StandardCharsets.US_ASCII))
                .map(signature -> signed + "." + encode(signature))
                .invoke(() -> issued.increment());
    }

    private JsonObject claims(TokenHolder holder, Duration lifetime) {
        Instant now = clock.instant();
        JsonObject claims = new JsonObject()
                .put("iss", issuer)
                .put("aud", AUDIENCE)
                .put("sub", holder.subject().toString())
                .put("groups", new JsonArray(List.copyOf(holder.groups())))
                .put("jti", Ids.next().toString())
                .put("iat", now.getEpochSecond())
                .put("exp", now.plus(lifetime).getEpochSecond());
        holder.tenant().ifPresent(tenant -> claims.put("tenant_id", tenant.toString()));
        holder.session().ifPresent(session -> claims.put("sid", session.toString()));
        holder.email().ifPresent(email -> claims.put("email", email));
        holder.clientId().ifPresent(client -> claims.put("client_id", client));
        return claims;
    }

    /** Each part of a JWS in its compact serialization (RFC 7515 section 3.1). */
    private static String encode(byte[] part) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(part);
    }
}

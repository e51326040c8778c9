package io.countinghouse.auth.key;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a verifier or an OAuth client needs to find by itself: OpenID Connect Discovery 1.0, section 3. */
@Path("/.well-known")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Discovery")
class DiscoveryResource {

    /** Well below the age a key must have before it signs, and long enough that verifiers do not ask for every token. */
    private static final String CACHE_CONTROL = "public, max-age=300";

    private final SigningKeys keys;
    private final OpenIdConfiguration configuration;

    DiscoveryResource(SigningKeys keys, @ConfigProperty(name = "countinghouse.security.issuer") String issuer) {
        this.keys = keys;
        this.configuration = OpenIdConfiguration.of(issuer);
    }

    @GET
    @Path("/jwks.json")
    @PermitAll
    @Operation(summary = "The public keys that verify access tokens")
    public Response jwks() {
        return Response.ok(JsonWebKeySet.of(keys.current().published()))
                .header("Cache-Control", CACHE_CONTROL)
                .build();
    }

    @GET
    @Path("/openid-configuration")
    @PermitAll
    @Operation(summary = "Where the endpoints are and what they understand")
    public Response openIdConfiguration() {
        return Response.ok(configuration).header("Cache-Control", CACHE_CONTROL).build();
    }

    @RegisterForReflection
    record OpenIdConfiguration(
            String issuer,
            String jwksUri,
            String tokenEndpoint,
            String userinfoEndpoint,
            List<String> grantTypesSupported,
            List<String> tokenEndpointAuthMethodsSupported,
            List<String> responseTypesSupported,
            List<String> subjectTypesSupported,
            List<String> idTokenSigningAlgValuesSupported) {

        static OpenIdConfiguration of(String issuer) {
            return new OpenIdConfiguration(
                    issuer,
                    issuer + "/.well-known/jwks.json",
                    issuer + "/v1/auth/token",
                    issuer + "/v1/auth/user_info",
                    List.of("client_credentials"),
                    List.of("client_secret_basic", "client_secret_post"),
                    List.of("token"),
                    List.of("public"),
                    List.of("RS256"));
        }
    }
}

package io.countinghouse.auth.machine;

import io.countinghouse.defaults.idempotency.IdempotencyKeyParameter;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;

@Path("/v1/auth/token")
@Tag(name = "Machines")
class TokenResource {

    private static final String CLIENT_CREDENTIALS = "client_credentials";

    private final TokenService service;

    TokenResource(TokenService service) {
        this.service = service;
    }

    // No Idempotency-Key: the answer is a secret, and asking again only gives another token.
    @POST
    @PermitAll
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Get an access token for a service account",
            description = "OAuth 2.0 client credentials grant (RFC 6749 section 4.4); the client authenticates by HTTP "
                    + "Basic or with client_id and client_secret in the body.")
    @APIResponse(
            responseCode = "200",
            description = "An access token",
            content = @Content(schema = @Schema(implementation = TokenView.class)))
    @APIResponse(
            responseCode = "400",
            description = "invalid_request, unsupported_grant_type or invalid_scope",
            content = @Content(schema = @Schema(implementation = OAuthError.class)))
    @APIResponse(
            responseCode = "401",
            description = "invalid_client",
            content = @Content(schema = @Schema(implementation = OAuthError.class)))
    @Extension(name = IdempotencyKeyParameter.IDEMPOTENCY, value = "each token stands alone")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_FORM_URLENCODED,
                            schema = @Schema(implementation = TokenForm.class)))
    public Uni<Response> token(String body, @RestHeader(HttpHeaders.AUTHORIZATION) String authorization) {
        TokenForm form;
        try {
            form = TokenForm.parse(body);
        } catch (TokenForm.UnreadableException e) {
            return answer(OAuthError.invalidRequest(e.getMessage()));
        }
        if (form.grantType() == null || form.grantType().isBlank()) {
            return answer(OAuthError.invalidRequest("grant_type is missing"));
        }
        Optional<ClientCredentials> credentials =
                ClientCredentials.from(authorization, form.clientId(), form.clientSecret());
        if (credentials.isEmpty()) {
            return answer(OAuthError.invalidClient());
        }
        return service.authenticate(credentials.get())
                .chain(account -> account.map(known -> grant(known, form.grantType(), form.scope()))
                        .orElseGet(() -> answer(OAuthError.invalidClient())));
    }

    private Uni<Response> grant(ServiceAccount account, String grantType, String scope) {
        if (!grantType.equals(CLIENT_CREDENTIALS)) {
            return answer(OAuthError.unsupportedGrantType(grantType));
        }
        Set<String> scopes = scope == null || scope.isBlank() ? account.scopes() : Scopes.split(scope);
        if (!account.scopes().containsAll(scopes)) {
            return answer(OAuthError.invalidScope("the account has " + Scopes.join(account.scopes())));
        }
        return service.issue(account, scopes)
                .map(token -> Response.ok(token)
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .build());
    }

    private static Uni<Response> answer(Response response) {
        return Uni.createFrom().item(response);
    }
}

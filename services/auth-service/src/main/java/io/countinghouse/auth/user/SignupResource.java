package io.countinghouse.auth.user;

import io.countinghouse.auth.throttle.ClientAddress;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/v1/auth/signup")
@Tag(name = "Users")
class SignupResource {

    private final SignupService service;
    private final ClientAddress address;

    SignupResource(SignupService service, ClientAddress address) {
        this.service = service;
        this.address = address;
    }

    @POST
    @PermitAll
    @Operation(
            summary = "Create a tenant and its owner",
            description =
                    "The answer holds no tokens: log in with the e-mail address and the password. Ten sign-ups in ten minutes "
                            + "from one address are taken, then the answer is 429 with Retry-After.")
    @APIResponse(
            responseCode = "201",
            description = "Created",
            content = @Content(schema = @Schema(implementation = SignupView.class)))
    public Uni<Response> signUp(@Valid @NotNull SignupRequest request) {
        return service.signUp(request, address.current());
    }
}

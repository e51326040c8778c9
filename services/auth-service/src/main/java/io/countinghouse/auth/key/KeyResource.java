package io.countinghouse.auth.key;

import io.countinghouse.defaults.idempotency.IdempotencyKeyParameter;
import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/v1/auth/keys")
@Tag(name = "Keys")
class KeyResource {

    private final SigningKeys keys;

    KeyResource(SigningKeys keys) {
        this.keys = keys;
    }

    @GET
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "The published signing keys and their states, without any secret")
    public Uni<Page<SigningKeyView>> list() {
        return keys.list().map(views -> new Page<>(views, null));
    }

    // No Idempotency-Key: rotating again at once is refused by the age that the next key must have.
    @POST
    @Path("/rotate")
    @RolesAllowed(Roles.OPERATOR)
    @Operation(summary = "Let the next key sign and retire the present one")
    @Extension(
            name = IdempotencyKeyParameter.IDEMPOTENCY,
            value = "a key that has just begun to sign cannot be rotated away")
    public Uni<Page<SigningKeyView>> rotate() {
        return keys.rotate().map(views -> new Page<>(views, null));
    }
}

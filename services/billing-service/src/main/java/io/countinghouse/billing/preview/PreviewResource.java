package io.countinghouse.billing.preview;

import io.countinghouse.defaults.idempotency.IdempotencyKeyParameter;
import io.countinghouse.defaults.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;

@Path("/v1/billing/preview")
class PreviewResource {
    private final PreviewService previews;

    PreviewResource(PreviewService previews) {
        this.previews = previews;
    }

    @POST
    @RolesAllowed({
        Roles.OWNER,
        Roles.ADMIN,
        Roles.BILLING,
        Roles.MEMBER,
        Roles.VIEWER,
        Roles.OPERATOR,
        Roles.SERVICE,
        Roles.BILLING_READ
    })
    @Operation(summary = "Rate usage without storing anything")
    @Extension(name = IdempotencyKeyParameter.IDEMPOTENCY, value = "nothing is stored")
    public Uni<PreviewView> preview(@NotNull @Valid PreviewRequest request) {
        return previews.preview(request);
    }
}

package io.countinghouse.billing.profile;

import io.countinghouse.defaults.security.Roles;
import io.countinghouse.defaults.tenancy.Caller;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;

@Path("/v1/billing/profile")
class ProfileResource {
    private final ProfileService profiles;
    private final Caller caller;
    private final TenantTransaction transaction;

    ProfileResource(ProfileService profiles, Caller caller, TenantTransaction transaction) {
        this.profiles = profiles;
        this.caller = caller;
        this.transaction = transaction;
    }

    @GET
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
    @Operation(summary = "Get the billing profile of a tenant")
    public Uni<ProfileView> get(@QueryParam("tenant_id") UUID tenantId) {
        return transaction.asCaller(() -> profiles.get(caller.tenantId(tenantId)));
    }

    @PUT
    @RolesAllowed({Roles.OWNER, Roles.ADMIN, Roles.BILLING, Roles.OPERATOR, Roles.BILLING_WRITE})
    @Operation(summary = "Write the billing profile of a tenant")
    public Uni<ProfileView> put(@NotNull @Valid ProfileRequest request) {
        return transaction.asCaller(() -> profiles.put(caller.tenantId(request.tenantId()), request));
    }
}

package io.countinghouse.billing.profile;

import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.page.PageRequest;
import io.countinghouse.defaults.security.Roles;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;

@Path("/v1/billing/profiles")
class ProfilesResource {
    private final ProfileService profiles;
    private final TenantTransaction transaction;

    ProfilesResource(ProfileService profiles, TenantTransaction transaction) {
        this.profiles = profiles;
        this.transaction = transaction;
    }

    @GET
    @RolesAllowed({Roles.OPERATOR, Roles.SERVICE})
    @Operation(summary = "List billing profiles, or only those that no invoice can be issued for")
    public Uni<Page<ProfileView>> list(
            @QueryParam("incomplete")
                    @DefaultValue("false")
                    @Pattern(regexp = "true|false", message = "must be true or false")
                    String incomplete,
            @BeanParam @Valid PageRequest page) {
        return transaction.asCaller(() -> profiles.page(Boolean.parseBoolean(incomplete), page));
    }
}

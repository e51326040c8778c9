package io.countinghouse.notification.preference;

import static io.countinghouse.defaults.security.Roles.ADMIN;
import static io.countinghouse.defaults.security.Roles.BILLING;
import static io.countinghouse.defaults.security.Roles.MEMBER;
import static io.countinghouse.defaults.security.Roles.NOTIFICATIONS_READ;
import static io.countinghouse.defaults.security.Roles.NOTIFICATIONS_WRITE;
import static io.countinghouse.defaults.security.Roles.OPERATOR;
import static io.countinghouse.defaults.security.Roles.OWNER;
import static io.countinghouse.defaults.security.Roles.SERVICE;
import static io.countinghouse.defaults.security.Roles.VIEWER;

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
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A tenant's preferences. */
@Path("/v1/notification-preferences")
@Tag(name = "notification-preferences")
class PreferenceResource {

    private final PreferenceService preferences;

    PreferenceResource(PreferenceService preferences) {
        this.preferences = preferences;
    }

    @GET
    @RolesAllowed({OWNER, ADMIN, BILLING, MEMBER, VIEWER, OPERATOR, SERVICE, NOTIFICATIONS_READ})
    @Operation(summary = "What the tenant gets mails about")
    public Uni<PreferencesView> get(@QueryParam("tenant_id") UUID tenantId) {
        return preferences.get(tenantId);
    }

    @PUT
    @RolesAllowed({OWNER, ADMIN, OPERATOR, NOTIFICATIONS_WRITE})
    @Operation(summary = "Switch categories on and off; one that is not named is on")
    public Uni<PreferencesView> replace(@Valid @NotNull PreferencesRequest request) {
        return preferences.replace(request);
    }
}

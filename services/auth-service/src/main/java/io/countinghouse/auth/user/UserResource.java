package io.countinghouse.auth.user;

import static io.countinghouse.defaults.security.Roles.ADMIN;
import static io.countinghouse.defaults.security.Roles.BILLING;
import static io.countinghouse.defaults.security.Roles.MEMBER;
import static io.countinghouse.defaults.security.Roles.OPERATOR;
import static io.countinghouse.defaults.security.Roles.OWNER;
import static io.countinghouse.defaults.security.Roles.PASSWORD_CHANGE;
import static io.countinghouse.defaults.security.Roles.SERVICE;
import static io.countinghouse.defaults.security.Roles.VIEWER;

import io.countinghouse.defaults.idempotency.IdempotencyKeyParameter;
import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.page.PageRequest;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/v1/auth")
@Tag(name = "Users")
class UserResource {

    private final UserService users;
    private final PasswordService passwords;

    UserResource(UserService users, PasswordService passwords) {
        this.users = users;
        this.passwords = passwords;
    }

    @GET
    @Path("/user_info")
    @RolesAllowed({OPERATOR, OWNER, ADMIN, BILLING, MEMBER, VIEWER})
    @Operation(summary = "Who the token belongs to")
    public Uni<UserInfoView> whoAmI() {
        return users.whoAmI();
    }

    @GET
    @Path("/users")
    @RolesAllowed({OPERATOR, SERVICE, OWNER, ADMIN, BILLING, MEMBER, VIEWER})
    @Operation(summary = "The users of a tenant, newest first")
    public Uni<Page<UserView>> list(@QueryParam("tenant_id") UUID tenantId, @BeanParam @Valid PageRequest page) {
        return users.list(tenantId, page);
    }

    @POST
    @Path("/users")
    @RolesAllowed({OPERATOR, OWNER, ADMIN})
    @Operation(
            summary = "Create a user in a tenant, with a role and a first password",
            description = "The first login opens nothing but the change of that password.")
    @APIResponse(
            responseCode = "201",
            description = "Created",
            content = @Content(schema = @Schema(implementation = UserView.class)))
    public Uni<Response> create(@Valid @NotNull CreateUserRequest request) {
        return users.create(request);
    }

    @PUT
    @Path("/users/{id}/role")
    @RolesAllowed({OPERATOR, OWNER, ADMIN})
    @Operation(
            summary = "Change a user's role",
            description =
                    "Ends the user's sessions: the next login carries the new role. A user whose first password is "
                            + "unchanged becomes neither owner nor admin (409): somebody else knows that password.")
    public Uni<UserView> changeRole(@jakarta.ws.rs.PathParam("id") UUID id, @Valid @NotNull ChangeRoleRequest request) {
        return users.changeRole(id, request.role());
    }

    // No Idempotency-Key: a repetition fails on the current password, and no trace of a password is to be stored.
    @POST
    @Path("/password")
    @RolesAllowed({OPERATOR, OWNER, ADMIN, BILLING, MEMBER, VIEWER, PASSWORD_CHANGE})
    @Operation(
            summary = "Change one's own password",
            description = "Ends all other sessions of the user. The new password is another than the present one.")
    @Extension(
            name = IdempotencyKeyParameter.IDEMPOTENCY,
            value = "the present password: it is another after the change")
    public Uni<Void> changePassword(@Valid @NotNull ChangePasswordRequest request) {
        return passwords.change(request);
    }
}

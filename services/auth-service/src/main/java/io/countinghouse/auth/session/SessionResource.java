package io.countinghouse.auth.session;

import static io.countinghouse.defaults.security.Roles.ADMIN;
import static io.countinghouse.defaults.security.Roles.BILLING;
import static io.countinghouse.defaults.security.Roles.MEMBER;
import static io.countinghouse.defaults.security.Roles.OPERATOR;
import static io.countinghouse.defaults.security.Roles.OWNER;
import static io.countinghouse.defaults.security.Roles.PASSWORD_CHANGE;
import static io.countinghouse.defaults.security.Roles.VIEWER;

import io.countinghouse.auth.throttle.ClientAddress;
import io.countinghouse.defaults.idempotency.IdempotencyKeyParameter;
import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.page.PageRequest;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseHeader;

// Neither login nor refresh takes an Idempotency-Key: their answers are secrets, which nobody stores for a replay.
// A lost login is repeated; a lost refresh is answered with the same child for some seconds.
@Path("/v1/auth")
@Tag(name = "Sessions")
class SessionResource {

    private final LoginService logins;
    private final RefreshService refreshes;
    private final SessionService sessions;
    private final ClientAddress address;

    SessionResource(LoginService logins, RefreshService refreshes, SessionService sessions, ClientAddress address) {
        this.logins = logins;
        this.refreshes = refreshes;
        this.sessions = sessions;
        this.address = address;
    }

    @POST
    @Path("/login")
    @PermitAll
    @ResponseHeader(name = HttpHeaders.CACHE_CONTROL, value = "no-store")
    @Operation(
            summary = "Log in with e-mail address and password",
            description = "After five wrong attempts for an account from one address each further one must wait, "
                    + "longer each time (429 with Retry-After); other addresses are not affected. With a password that "
                    + "somebody else chose the answer says password_change_required, and its token changes the "
                    + "password and does nothing else.")
    @Extension(name = IdempotencyKeyParameter.IDEMPOTENCY, value = "each login is a session of its own")
    public Uni<TokenPairView> login(@Valid @NotNull LoginRequest request, @Context HttpHeaders headers) {
        LoginSession.Client client =
                new LoginSession.Client(address.current(), headers.getHeaderString(HttpHeaders.USER_AGENT));
        return logins.login(request, client);
    }

    @POST
    @Path("/refresh")
    @PermitAll
    @ResponseHeader(name = HttpHeaders.CACHE_CONTROL, value = "no-store")
    @Operation(
            summary = "Exchange a refresh token for a new pair",
            description = "A refresh token is good for one exchange. Presented again within ten seconds it gives the "
                    + "same pair's refresh token; later it ends the session.")
    @Extension(
            name = IdempotencyKeyParameter.IDEMPOTENCY,
            value = "the refresh token: again within ten seconds it gives the same one")
    public Uni<TokenPairView> refresh(@Valid @NotNull RefreshRequest request) {
        return refreshes.refresh(request.refreshToken());
    }

    @POST
    @Path("/logout")
    @RolesAllowed({OPERATOR, OWNER, ADMIN, BILLING, MEMBER, VIEWER, PASSWORD_CHANGE})
    @Operation(summary = "End the session of the token")
    @Extension(name = IdempotencyKeyParameter.IDEMPOTENCY, value = "the session: it ends once")
    public Uni<Void> logout() {
        return sessions.logout();
    }

    @GET
    @Path("/sessions")
    @RolesAllowed({OPERATOR, OWNER, ADMIN, BILLING, MEMBER, VIEWER})
    @Operation(summary = "One's own live sessions, newest first")
    public Uni<Page<SessionView>> list(@BeanParam @Valid PageRequest page) {
        return sessions.list(page);
    }

    @DELETE
    @Path("/sessions/{id}")
    @RolesAllowed({OPERATOR, OWNER, ADMIN, BILLING, MEMBER, VIEWER})
    @Operation(summary = "End one of one's own sessions")
    public Uni<Void> revoke(@PathParam("id") UUID id) {
        return sessions.revoke(id);
    }
}

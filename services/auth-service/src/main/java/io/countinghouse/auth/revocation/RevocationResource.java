package io.countinghouse.auth.revocation;

import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.page.PageRequest;
import io.countinghouse.defaults.security.Revocations.Revocation;
import io.countinghouse.defaults.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/v1/auth/revocations")
@Tag(name = "Revocations")
class RevocationResource {

    private final RevocationFeed feed;

    RevocationResource(RevocationFeed feed) {
        this.feed = feed;
    }

    @GET
    @RolesAllowed({Roles.SERVICE, Roles.OPERATOR})
    @Operation(summary = "Revocations after a sequence number, oldest first")
    public Uni<Page<Revocation>> list(@BeanParam @Valid PageRequest page) {
        return feed.after(page.afterNumber().orElse(0), page.limit() + 1)
                .map(rows -> Page.of(rows, page.limit(), row -> Long.toString(row.sequence())));
    }
}

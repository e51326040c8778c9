package io.countinghouse.auth.revocation;

import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.page.PageRequest;
import io.countinghouse.defaults.security.Revocations.Revocation;
import io.countinghouse.defaults.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/v1/auth/revocations")
@Tag(name = "Revocations")
class RevocationResource {

    /** Shorter than a service takes to shut down, and than its callers wait for an answer. */
    private static final int LONGEST_WAIT = 6;

    private final RevocationFeed feed;

    RevocationResource(RevocationFeed feed) {
        this.feed = feed;
    }

    @GET
    @RolesAllowed({Roles.SERVICE, Roles.OPERATOR})
    @Operation(summary = "Revocations after a sequence number, oldest first")
    public Uni<Page<Revocation>> list(
            @BeanParam @Valid PageRequest page,
            @Parameter(description = "Seconds to hold the request for as long as there is none")
                    @QueryParam("wait")
                    @DefaultValue("0")
                    @Min(0)
                    @Max(LONGEST_WAIT)
                    int wait) {
        return feed.after(page.afterNumber().orElse(0), page.limit() + 1, Duration.ofSeconds(wait))
                .map(rows -> Page.of(rows, page.limit(), row -> Long.toString(row.sequence())));
    }
}

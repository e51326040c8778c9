package io.countinghouse.usage.stats;

import static io.countinghouse.defaults.security.Roles.OPERATOR;

import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.page.PageRequest;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The operator's view of the service. */
@Path("/v1/usage/system-stats")
@Tag(name = "system stats")
class SystemStatsResource {

    private final SystemStatsService stats;

    SystemStatsResource(SystemStatsService stats) {
        this.stats = stats;
    }

    @GET
    @RolesAllowed(OPERATOR)
    @Operation(summary = "List what was measured each minute, newest first")
    public Uni<Page<SystemStatsView>> list(@BeanParam @Valid PageRequest page) {
        return stats.list(page);
    }
}

package io.countinghouse.usage.metric;

import static io.countinghouse.defaults.security.Roles.ADMIN;
import static io.countinghouse.defaults.security.Roles.BILLING;
import static io.countinghouse.defaults.security.Roles.MEMBER;
import static io.countinghouse.defaults.security.Roles.OPERATOR;
import static io.countinghouse.defaults.security.Roles.OWNER;
import static io.countinghouse.defaults.security.Roles.SERVICE;
import static io.countinghouse.defaults.security.Roles.USAGE_READ;
import static io.countinghouse.defaults.security.Roles.VIEWER;

import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.defaults.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Reads totals. */
@Path("/v1/usage/metrics")
@Tag(name = "metrics")
class UsageMetricResource {

    /** Hourly windows over two years: the most rows one answer should have to hold. */
    private static final int MOST_WINDOWS = 2 * 366 * 24;

    private final UsageMetricService metrics;
    private final Caller caller;

    UsageMetricResource(UsageMetricService metrics, Caller caller) {
        this.metrics = metrics;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({OPERATOR, SERVICE, OWNER, ADMIN, BILLING, MEMBER, VIEWER, USAGE_READ})
    @Operation(summary = "Total of a meter over [from, to), in one or by windows and groups, now or as of a cut-off")
    public Uni<UsageMetricView> query(
            @QueryParam("tenant_id") UUID tenant,
            @QueryParam("meter") @NotBlank String meter,
            @QueryParam("from") @NotNull Instant from,
            @QueryParam("to") @NotNull Instant to,
            @QueryParam("as_of") Long asOf,
            @QueryParam("window") Window window,
            @QueryParam("group_by") List<String> groupBy) {
        if (!from.isBefore(to)) {
            throw ProblemException.invalidField("to", "'" + to + "' must be after from, '" + from + "'");
        }
        if (window == Window.HOUR && Duration.between(from, to).toHours() > MOST_WINDOWS) {
            throw ProblemException.invalidField(
                    "window", "hourly windows cover at most two years; ask for days or a shorter time");
        }
        return metrics.query(new UsageMetricQuery(caller.tenantId(tenant), meter, from, to, asOf, window, groupBy));
    }
}

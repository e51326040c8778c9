package io.countinghouse.usage.event;

import static io.countinghouse.defaults.security.Roles.ADMIN;
import static io.countinghouse.defaults.security.Roles.BILLING;
import static io.countinghouse.defaults.security.Roles.MEMBER;
import static io.countinghouse.defaults.security.Roles.OPERATOR;
import static io.countinghouse.defaults.security.Roles.OWNER;
import static io.countinghouse.defaults.security.Roles.SERVICE;
import static io.countinghouse.defaults.security.Roles.USAGE_READ;
import static io.countinghouse.defaults.security.Roles.USAGE_REPORT;
import static io.countinghouse.defaults.security.Roles.USAGE_WRITE;
import static io.countinghouse.defaults.security.Roles.VIEWER;

import com.fasterxml.jackson.databind.JsonNode;
import io.countinghouse.defaults.idempotency.Idempotency;
import io.countinghouse.defaults.idempotency.IdempotencyKeyParameter;
import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.page.PageRequest;
import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.defaults.tenancy.Caller;
import io.countinghouse.defaults.time.Micros;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.Validator;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Takes usage events in the structured, batched and binary modes of the CloudEvents HTTP binding, and lists them. */
@Path("/v1/usage")
@Tag(name = "usage events")
class UsageEventResource {

    static final String STRUCTURED = "application/cloudevents+json";
    static final String BATCH = "application/cloudevents-batch+json";

    /** A batch this large takes some 50 ms to store; larger ones would hold their locks noticeably long. */
    static final int LARGEST_BATCH = 1000;

    private final UsageEventService events;
    private final Idempotency idempotency;
    private final Caller caller;
    private final Validator validator;

    UsageEventResource(UsageEventService events, Idempotency idempotency, Caller caller, Validator validator) {
        this.events = events;
        this.idempotency = idempotency;
        this.caller = caller;
        this.validator = validator;
    }

    @POST
    @Path("events")
    @Consumes(STRUCTURED)
    @RolesAllowed({OPERATOR, SERVICE, USAGE_WRITE, OWNER, ADMIN, USAGE_REPORT})
    @Operation(
            summary = "Log one event, or a batch of at most 1,000, as CloudEvents",
            description = "Structured mode (application/cloudevents+json), batched mode"
                    + " (application/cloudevents-batch+json) or binary mode (application/json with ce- headers)."
                    + " source and id name an event for ever: logging it again has no effect. Usage is logged by the"
                    + " operator, its service accounts with usage:write and the product's services. A tenant's owner,"
                    + " admins and machines with usage:report get 403, unless countinghouse.usage.self-reporting is"
                    + " on; then what they log is kept under the source self-reported/… and never negative.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RecordedUsageView.class)))
    @Extension(name = IdempotencyKeyParameter.IDEMPOTENCY, value = "source and id of the event")
    public Uni<Response> structured(@Valid @NotNull RecordUsageRequest request) {
        return record(List.of(request));
    }

    @POST
    @Path("events")
    @Consumes(BATCH)
    @RolesAllowed({OPERATOR, SERVICE, USAGE_WRITE, OWNER, ADMIN, USAGE_REPORT})
    @Operation(hidden = true)
    public Uni<Response> batch(
            @NotNull @Size(min = 1, max = LARGEST_BATCH) List<@Valid @NotNull RecordUsageRequest> requests) {
        return record(requests);
    }

    @POST
    @Path("events")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({OPERATOR, SERVICE, USAGE_WRITE, OWNER, ADMIN, USAGE_REPORT})
    @Operation(hidden = true)
    public Uni<Response> binary(JsonNode data, HttpHeaders headers) {
        if (headers.getHeaderString("ce-specversion") == null) {
            throw new ProblemException(
                    415,
                    "not-a-cloudevent",
                    "Unsupported media type",
                    "application/json needs the ce- headers of binary mode; else send '" + STRUCTURED + "' or '" + BATCH
                            + "'.");
        }
        RecordUsageRequest request = new RecordUsageRequest(
                headers.getHeaderString("ce-specversion"),
                headers.getHeaderString("ce-id"),
                headers.getHeaderString("ce-source"),
                headers.getHeaderString("ce-type"),
                headers.getHeaderString("ce-subject"),
                time(headers.getHeaderString("ce-time")),
                MediaType.APPLICATION_JSON,
                tenant(headers.getHeaderString("ce-tenantid")),
                data);
        var violations = validator.validate(request);
        if (!violations.isEmpty()) {
            var first = violations.iterator().next();
            throw ProblemException.invalidField(
                    "ce-" + first.getPropertyPath().toString().toLowerCase(java.util.Locale.ROOT), first.getMessage());
        }
        return record(List.of(request));
    }

    @GET
    @Path("events")
    @RolesAllowed({OPERATOR, SERVICE, OWNER, ADMIN, BILLING, MEMBER, VIEWER, USAGE_READ})
    @Operation(
            summary = "List events in the order of acceptance; with as_of, exactly those a total as of then counts",
            description = "With order=time in the order of time, source and id, which does not depend on what arrived"
                    + " when. With unmeasured=true, the events of the meter's type that it does not measure: they were"
                    + " there before the meter and hold no number that it takes.")
    public Uni<Page<UsageEventView>> list(
            @QueryParam("tenant_id") UUID tenant,
            @QueryParam("meter") String meter,
            @QueryParam("from") Instant from,
            @QueryParam("to") Instant to,
            @QueryParam("as_of") Long asOf,
            @QueryParam("order") @DefaultValue("acceptance") EventOrder order,
            @QueryParam("unmeasured")
                    @Pattern(regexp = "true|false", message = "must be true or false")
                    @Schema(type = SchemaType.BOOLEAN)
                    String unmeasured,
            @BeanParam @Valid PageRequest page) {
        boolean isUnmeasured = Boolean.parseBoolean(unmeasured);
        if (isUnmeasured && meter == null) {
            throw ProblemException.invalidField("unmeasured", "needs a meter: which events it does not measure");
        }
        UUID about = caller.isAboveTenants() ? tenant : caller.tenantId(tenant);
        return events.list(new UsageEventQuery(
                about, meter, isUnmeasured, from, to, asOf, order, after(order, page), page.limit() + 1));
    }

    private static UsageEventQuery.After after(EventOrder order, PageRequest page) {
        if (order == EventOrder.TIME) {
            return page.afterId().map(id -> new UsageEventQuery.After(0, id)).orElse(null);
        }
        return page.afterNumber().isPresent()
                ? new UsageEventQuery.After(page.afterNumber().getAsLong(), null)
                : null;
    }

    @POST
    @Path("events/{id}/void")
    @RolesAllowed({OPERATOR, SERVICE, USAGE_WRITE, OWNER, ADMIN, USAGE_REPORT})
    @Operation(
            summary = "Void an event: it stays readable and counts no longer",
            description = "By those who may log events; a tenant's own people and machines, where they may at all,"
                    + " void only what they reported themselves.")
    @APIResponse(responseCode = "204")
    public Uni<Response> voidEvent(UUID id, @Valid @NotNull VoidUsageRequest request) {
        return idempotency.once(
                request,
                () -> events.voidEvent(id, request)
                        .replaceWith(() -> Response.noContent().build()));
    }

    @POST
    @Path("cutoffs")
    @RolesAllowed({OPERATOR, SERVICE, OWNER, ADMIN, BILLING, USAGE_READ})
    @Operation(summary = "Take a cut-off: totals read as of it never change")
    @Extension(name = IdempotencyKeyParameter.IDEMPOTENCY, value = "a cut-off more changes nothing")
    public Uni<CutoffView> cutoff(@NotNull TakeCutoffRequest request) {
        return events.cutoff(request.tenantId());
    }

    private Uni<Response> record(List<RecordUsageRequest> requests) {
        return idempotency.once(
                requests,
                () -> events.record(requests).map(view -> Response.ok(view).build()));
    }

    private static Instant time(String text) {
        try {
            return text == null ? null : Micros.parse(text);
        } catch (DateTimeParseException e) {
            throw ProblemException.invalidField("ce-time", "'" + text + "' is not an RFC 3339 time");
        }
    }

    private static UUID tenant(String text) {
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalidField("ce-tenantid", "'" + text + "' is not a UUID");
        }
    }
}

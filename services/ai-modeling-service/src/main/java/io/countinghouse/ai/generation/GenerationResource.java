package io.countinghouse.ai.generation;

import static io.countinghouse.defaults.security.Roles.ADMIN;
import static io.countinghouse.defaults.security.Roles.AI_USE;
import static io.countinghouse.defaults.security.Roles.BILLING;
import static io.countinghouse.defaults.security.Roles.MEMBER;
import static io.countinghouse.defaults.security.Roles.OPERATOR;
import static io.countinghouse.defaults.security.Roles.OWNER;
import static io.countinghouse.defaults.security.Roles.SERVICE;
import static io.countinghouse.defaults.security.Roles.VIEWER;

import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.page.PageRequest;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/v1/ai")
@Tag(name = "Generations")
class GenerationResource {

    private final GenerationService service;
    private final GenerationRecords records;

    GenerationResource(GenerationService service, GenerationRecords records) {
        this.service = service;
        this.records = records;
    }

    @POST
    @Path("/generate")
    @RolesAllowed({OPERATOR, SERVICE, OWNER, ADMIN, BILLING, MEMBER, AI_USE})
    @Operation(
            summary = "Forecast or explain the use of a meter, or ask a language model",
            description = "The answer is kept in the history, and its tokens are metered as usage of the tenant.")
    @APIResponse(
            responseCode = "201",
            description = "Generated",
            content = @Content(schema = @Schema(implementation = GenerationView.class)))
    public Uni<Response> generate(@Valid @NotNull GenerateRequest request) {
        return service.generate(request);
    }

    @GET
    @Path("/history")
    @RolesAllowed({OPERATOR, SERVICE, OWNER, ADMIN, BILLING, MEMBER, VIEWER, AI_USE})
    @Operation(summary = "What was generated for a tenant, newest first")
    public Uni<Page<GenerationView>> list(
            @QueryParam("tenant_id") UUID tenantId,
            @QueryParam("operation") @Pattern(regexp = "forecast|explain|chat") String operation,
            @BeanParam @Valid PageRequest page) {
        return records.list(tenantId, Optional.ofNullable(operation), page);
    }

    @GET
    @Path("/history/{id}")
    @RolesAllowed({OPERATOR, SERVICE, OWNER, ADMIN, BILLING, MEMBER, VIEWER, AI_USE})
    @Operation(summary = "One generation")
    public Uni<GenerationView> get(@PathParam("id") UUID id) {
        return records.get(id);
    }
}

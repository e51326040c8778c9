package io.countinghouse.auditlog.proof;

import static io.countinghouse.defaults.security.Roles.ADMIN;
import static io.countinghouse.defaults.security.Roles.AUDIT_READ;
import static io.countinghouse.defaults.security.Roles.BILLING;
import static io.countinghouse.defaults.security.Roles.MEMBER;
import static io.countinghouse.defaults.security.Roles.OPERATOR;
import static io.countinghouse.defaults.security.Roles.OWNER;
import static io.countinghouse.defaults.security.Roles.SERVICE;
import static io.countinghouse.defaults.security.Roles.VIEWER;

import io.countinghouse.defaults.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Variant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Proofs over HTTP. A checkpoint tells nothing but how long the log is, so every role may keep one and check it. */
@Path("/v1/audit-logs")
@Tag(name = "proofs")
class ProofResource {

    private final ProofService proofs;

    ProofResource(ProofService proofs) {
        this.proofs = proofs;
    }

    @GET
    @Path("checkpoint")
    @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
    @RolesAllowed({OPERATOR, SERVICE, OWNER, ADMIN, BILLING, MEMBER, VIEWER, AUDIT_READ})
    @Operation(summary = "The signed head of the log, as JSON or as the signed note alone (Accept: text/plain)")
    @APIResponse(
            responseCode = "200",
            description = "The checkpoint",
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Checkpoint.class)),
                @Content(mediaType = MediaType.TEXT_PLAIN, schema = @Schema(implementation = String.class))
            })
    public Uni<Response> checkpoint(
            @QueryParam("tree_size")
                    @Parameter(
                            description = "An earlier size; now, if not given",
                            schema = @Schema(implementation = Long.class))
                    String treeSize,
            @Context Request request) {
        Variant variant = request.selectVariant(
                Variant.mediaTypes(MediaType.APPLICATION_JSON_TYPE, MediaType.TEXT_PLAIN_TYPE.withCharset("UTF-8"))
                        .build());
        boolean asNote = variant != null && variant.getMediaType().isCompatible(MediaType.TEXT_PLAIN_TYPE);
        return proofs.checkpoint(size("tree_size", treeSize))
                .map(checkpoint -> asNote
                        ? Response.ok(checkpoint.note(), MediaType.TEXT_PLAIN_TYPE.withCharset("UTF-8"))
                                .build()
                        : Response.ok(checkpoint, MediaType.APPLICATION_JSON_TYPE)
                                .build());
    }

    @GET
    @Path("{id}/proof")
    @RolesAllowed({OPERATOR, SERVICE, OWNER, ADMIN, AUDIT_READ})
    @Operation(summary = "Prove that an entry is in the log")
    public Uni<InclusionProof> inclusion(
            UUID id,
            @QueryParam("tree_size")
                    @Parameter(
                            description = "In the tree of this size; now, if not given",
                            schema = @Schema(implementation = Long.class))
                    String treeSize) {
        return proofs.inclusion(id, size("tree_size", treeSize));
    }

    @GET
    @Path("consistency")
    @RolesAllowed({OPERATOR, SERVICE, OWNER, ADMIN, BILLING, MEMBER, VIEWER, AUDIT_READ})
    @Operation(summary = "Prove that the log only grew between two sizes")
    public Uni<ConsistencyProof> consistency(
            @QueryParam("from")
                    @NotNull
                    @Parameter(description = "Size of the earlier tree", schema = @Schema(implementation = Long.class))
                    String from,
            @QueryParam("to")
                    @Parameter(
                            description = "Size of the later tree; now, if not given",
                            schema = @Schema(implementation = Long.class))
                    String to) {
        return proofs.consistency(size("from", from), size("to", to));
    }

    @GET
    @Path("public-key")
    @PermitAll
    @Operation(summary = "The keys that verify checkpoints")
    public Uni<PublicKeyView> publicKey() {
        return proofs.publicKey();
    }

    /** Read here, because JAX-RS answers a parameter that is no number with 404, as if the path were wrong. */
    private static Long size(String field, String text) {
        try {
            return text == null ? null : Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw ProblemException.invalidField(field, "'" + text + "' is not a number of entries");
        }
    }
}

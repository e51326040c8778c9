package io.countinghouse.ai.chat;

import static io.countinghouse.defaults.security.Roles.ADMIN;
import static io.countinghouse.defaults.security.Roles.AI_USE;
import static io.countinghouse.defaults.security.Roles.BILLING;
import static io.countinghouse.defaults.security.Roles.MEMBER;
import static io.countinghouse.defaults.security.Roles.OWNER;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.countinghouse.ai.generation.GenerationService;
import io.countinghouse.defaults.idempotency.IdempotencyKeyParameter;
import io.countinghouse.defaults.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/v1/chat/completions")
@Tag(name = "OpenAI-compatible")
class ChatCompletionResource {

    private final GenerationService generations;
    private final ObjectMapper json;

    ChatCompletionResource(GenerationService generations, ObjectMapper json) {
        this.generations = generations;
        this.json = json;
    }

    /** The body is read here and not by the framework: what is wrong with it is to be told in OpenAI's words. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RolesAllowed({OWNER, ADMIN, BILLING, MEMBER, AI_USE})
    @Operation(
            summary = "Create a chat completion, as OpenAI's API of that name",
            description =
                    "Every property of OpenAI's request is passed on, except that streaming is not supported yet.")
    @RequestBody(content = @Content(schema = @Schema(implementation = ChatCompletionRequest.class)))
    @APIResponse(
            responseCode = "200",
            description = "A chat completion",
            content = @Content(schema = @Schema(implementation = ChatCompletionView.class)))
    @APIResponse(
            responseCode = "400",
            description = "The request is malformed",
            content = @Content(schema = @Schema(implementation = OpenAiError.class)))
    @APIResponse(
            responseCode = "503",
            description = "No endpoint is configured, or it does not answer",
            content = @Content(schema = @Schema(implementation = OpenAiError.class)))
    @Extension(
            name = IdempotencyKeyParameter.IDEMPOTENCY,
            value = "each request is a completion of its own, as in OpenAI's API")
    public Uni<Response> complete(String body) {
        ObjectNode request;
        try {
            if (!(json.readTree(body == null ? "" : body) instanceof ObjectNode object)) {
                return answer(OpenAiError.invalid("The body must be a JSON object.", null, "invalid_json"));
            }
            request = object;
        } catch (JsonProcessingException e) {
            return answer(OpenAiError.invalid("The body is not valid JSON.", null, "invalid_json"));
        }
        Response refusal = refusalOf(request);
        if (refusal != null) {
            return answer(refusal);
        }
        return Uni.createFrom()
                .deferred(() -> generations.chat(request))
                .onFailure(ProblemException.class)
                .recoverWithItem(OpenAiError::of);
    }

    /** Only what every endpoint demands; the rest is for the endpoint to judge. Null when nothing is wrong. */
    private static Response refusalOf(ObjectNode request) {
        if (request.path("stream").asBoolean(false)) {
            return OpenAiError.invalid("Streaming is not supported.", "stream", "unsupported_value");
        }
        JsonNode model = request.path("model");
        if (!model.isMissingNode() && !model.isTextual()) {
            return OpenAiError.invalid("'model' must be a string.", "model", "invalid_type");
        }
        JsonNode messages = request.path("messages");
        if (!messages.isArray() || messages.isEmpty()) {
            return OpenAiError.invalid("'messages' must be a non-empty array.", "messages", "invalid_type");
        }
        for (int i = 0; i < messages.size(); i++) {
            if (!messages.get(i).path("role").isTextual()) {
                String param = "messages[%d].role".formatted(i);
                return OpenAiError.invalid("'%s' must be a string.".formatted(param), param, "invalid_type");
            }
        }
        return null;
    }

    private static Uni<Response> answer(Response response) {
        return Uni.createFrom().item(response);
    }
}

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
import io.countinghouse.ai.provider.ProviderFailedException;
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

    /** Far more than tools and schemas need; the history, which nests it further, must stay readable. */
    private static final int DEEPEST = 100;

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
            responseCode = "429",
            description = "The endpoint takes no more requests now, or its account is empty: the code says which",
            content = @Content(schema = @Schema(implementation = OpenAiError.class)))
    @APIResponse(
            responseCode = "502",
            description = "The endpoint failed, refused this product's key, or sent something else than a completion",
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
        } catch (JsonProcessingException | NumberFormatException e) {
            // The second one: an exponent of more digits than an int has.
            return answer(OpenAiError.invalid(complaint(e), null, "invalid_json"));
        }
        Response refusal = refusalOf(request);
        if (refusal != null) {
            return answer(refusal);
        }
        return Uni.createFrom()
                .deferred(() -> generations.chat(request))
                .onFailure(ProviderFailedException.class)
                .recoverWithItem(OpenAiError::of);
    }

    /** Rules of this product are told in its words; Jackson's name classes and quote the body. */
    private static String complaint(Exception failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException || cause instanceof IllegalArgumentException) {
                return "The body is refused: " + cause.getMessage();
            }
        }
        return "The body is not valid JSON.";
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
        return isDeeper(request, DEEPEST)
                ? OpenAiError.invalid(
                        "The body is nested deeper than %d levels.".formatted(DEEPEST), null, "invalid_value")
                : null;
    }

    private static boolean isDeeper(JsonNode value, int levels) {
        if (levels == 0) {
            return value.isContainerNode();
        }
        for (JsonNode member : value) {
            if (isDeeper(member, levels - 1)) {
                return true;
            }
        }
        return false;
    }

    private static Uni<Response> answer(Response response) {
        return Uni.createFrom().item(response);
    }
}

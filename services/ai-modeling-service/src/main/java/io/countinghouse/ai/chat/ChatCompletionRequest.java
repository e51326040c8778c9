package io.countinghouse.ai.chat;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What of a request is looked at here; for the contract only, since everything is passed on. */
@Schema(additionalProperties = Schema.True.class)
record ChatCompletionRequest(
        @Schema(description = "The endpoint's configured model if absent")
        String model,

        @Schema(required = true, minItems = 1) List<Message> messages,
        @Schema(description = "Must be false or absent") Boolean stream) {

    @Schema(name = "ChatMessage", additionalProperties = Schema.True.class)
    record Message(
            @Schema(required = true, examples = "user") String role,
            @Schema(examples = "Why did my bill rise?") String content) {}
}

package io.countinghouse.ai.chat;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What clients of OpenAI look at in an answer; for the contract only, since it is passed on as it came. */
@Schema(additionalProperties = Schema.True.class)
record ChatCompletionView(
        @Schema(description = "chatcmpl- and the id of the generation in the history")
        String id,

        @Schema(examples = "chat.completion") String object,
        long created,
        String model,
        List<Choice> choices,
        CompletionUsage usage) {

    record Choice(int index, ChatCompletionRequest.Message message, String finishReason) {}

    record CompletionUsage(long promptTokens, long completionTokens, long totalTokens) {}
}

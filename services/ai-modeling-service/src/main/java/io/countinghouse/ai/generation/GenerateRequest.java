package io.countinghouse.ai.generation;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

record GenerateRequest(
        @NotNull
        @Pattern(regexp = "forecast|explain|chat", message = "must be one of forecast|explain|chat")
        @Schema(examples = "forecast")
        String operation,

        @Pattern(regexp = "built-in|openai-compatible", message = "must be one of built-in|openai-compatible")
        @Schema(description = "built-in if absent, except for chat, which needs a language model")
        String provider,

        @Size(min = 1, max = 200) @Schema(description = "For forecast and explain")
        String meter,

        @Pattern(regexp = "hour|day|month", message = "must be one of hour|day|month")
        @Schema(description = "Spacing of the history and of the forecast; day if absent")
        String window,

        @Schema(description = "Start of the history; 91 days, 14 days of hours or 36 months before its end if absent")
        Instant from,

        @Schema(description = "End of the history, exclusive; the start of the present window if absent")
        Instant to,

        @Min(1) @Max(366) @Schema(description = "How many windows to forecast; 24 hours, 7 days or 12 months if absent")
        Integer horizon,

        @Schema(description = "Percent of cases the interval should hold: 50, 80, 90, 95 or 99; 95 if absent")
        Integer level,

        @Valid @Size(min = 1, max = 200) @Schema(description = "For chat")
        List<@NotNull Message> messages,

        @Size(min = 1, max = 200) @Schema(description = "For chat: the endpoint's configured model if absent")
        String model,

        @Schema(description = "Named by the operator and by services only")
        UUID tenantId) {

    record Message(
            @NotNull
            @Pattern(
                    regexp = "system|developer|user|assistant",
                    message = "must be one of system|developer|user|assistant")
            String role,

            @NotBlank @Size(max = 100_000) String content) {}
}

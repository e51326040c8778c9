package io.countinghouse.ai.feedback;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

record GiveFeedbackRequest(
        @NotNull UUID generationId,

        @NotNull @Min(1) @Max(5) @Schema(description = "1 is useless, 5 is right")
        Integer rating,

        @Size(max = 4000) String comment) {}

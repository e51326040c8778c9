package io.countinghouse.ai.feedback;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;

@RegisterForReflection
record FeedbackView(
        UUID id, UUID tenantId, UUID generationId, int rating, String comment, String givenBy, Instant givenAt) {

    static FeedbackView of(ModelingFeedback feedback) {
        return new FeedbackView(
                feedback.id(),
                feedback.tenantId(),
                feedback.generationId(),
                feedback.rating(),
                feedback.comment(),
                feedback.givenBy(),
                feedback.givenAt());
    }
}

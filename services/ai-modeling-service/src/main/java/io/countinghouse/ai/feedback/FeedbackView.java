package io.countinghouse.ai.feedback;

import java.time.Instant;
import java.util.UUID;

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

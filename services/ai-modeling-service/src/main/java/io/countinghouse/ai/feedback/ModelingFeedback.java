package io.countinghouse.ai.feedback;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

@Entity
@Table(name = "modeling_feedback")
class ModelingFeedback {

    @Id
    private UUID id;

    @Column(name = "tenant_id")
    private UUID tenantId;

    @Column(name = "generation_id")
    private UUID generationId;

    @Column(name = "given_by", columnDefinition = "text")
    private String givenBy;

    private int rating;

    @Column(columnDefinition = "text")
    private String comment;

    @Column(name = "given_at")
    private Instant givenAt;

    protected ModelingFeedback() {}

    static ModelingFeedback on(UUID generation, UUID tenant, UUID id, String givenBy) {
        ModelingFeedback feedback = new ModelingFeedback();
        feedback.id = id;
        feedback.tenantId = tenant;
        feedback.generationId = generation;
        feedback.givenBy = givenBy;
        return feedback;
    }

    /** The first opinion, or a changed one. */
    ModelingFeedback rate(int newRating, String newComment, Instant now) {
        rating = newRating;
        comment = newComment;
        givenAt = now;
        return this;
    }

    UUID id() {
        return id;
    }

    UUID tenantId() {
        return tenantId;
    }

    UUID generationId() {
        return generationId;
    }

    String givenBy() {
        return givenBy;
    }

    int rating() {
        return rating;
    }

    String comment() {
        return comment;
    }

    Instant givenAt() {
        return givenAt;
    }
}

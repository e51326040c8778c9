package io.countinghouse.ai.feedback;

import io.countinghouse.defaults.problem.ProblemException;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.exception.ConstraintViolationException;

@ApplicationScoped
class ModelingFeedbackRepository implements PanacheRepositoryBase<ModelingFeedback, UUID> {

    Uni<ModelingFeedback> findBy(String person, UUID generation) {
        return find("givenBy = ?1 and generationId = ?2", person, generation).firstResult();
    }

    /** Two first opinions of one person at the same time: one is kept, the other is told to come again. */
    Uni<ModelingFeedback> save(ModelingFeedback feedback) {
        return persistAndFlush(feedback)
                .onFailure(ConstraintViolationException.class)
                .transform(_ -> ProblemException.conflict(
                        "feedback-in-flight",
                        "Another feedback on the generation '%s' is being taken.".formatted(feedback.generationId())));
    }

    Uni<List<ModelingFeedback>> newest(UUID tenant, Optional<UUID> after, int limit) {
        return after.isPresent()
                ? find("tenantId = ?1 and id < ?2 order by id desc", tenant, after.get())
                        .page(0, limit)
                        .list()
                : find("tenantId = ?1 order by id desc", tenant).page(0, limit).list();
    }
}

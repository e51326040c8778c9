package io.countinghouse.ai.feedback;

import io.countinghouse.ai.generation.GenerationRecords;
import io.countinghouse.defaults.audit.AuditTrail;
import io.countinghouse.defaults.idempotency.Idempotency;
import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.page.PageRequest;
import io.countinghouse.defaults.tenancy.Caller;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.countinghouse.defaults.time.Ids;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;

/** Takes and lists opinions; a person's second opinion on a generation replaces the first. */
@Startup
@ApplicationScoped
class FeedbackService {

    private final ModelingFeedbackRepository feedbacks;
    private final GenerationRecords generations;
    private final TenantTransaction transaction;
    private final Idempotency idempotency;
    private final AuditTrail audit;
    private final Caller caller;
    private final Clock clock;
    private final Counter given;

    FeedbackService(
            ModelingFeedbackRepository feedbacks,
            GenerationRecords generations,
            TenantTransaction transaction,
            Idempotency idempotency,
            AuditTrail audit,
            Caller caller,
            Clock clock,
            MeterRegistry registry) {
        this.feedbacks = feedbacks;
        this.generations = generations;
        this.transaction = transaction;
        this.idempotency = idempotency;
        this.audit = audit;
        this.caller = caller;
        this.clock = clock;
        this.given = registry.counter("ai.feedback");
    }

    Uni<Response> give(GiveFeedbackRequest request) {
        return idempotency.once(
                request,
                () -> generations
                        .tenantOf(request.generationId())
                        .chain(tenant -> store(tenant, request))
                        .map(view -> Response.status(201).entity(view).build()));
    }

    Uni<Page<FeedbackView>> list(UUID namedTenant, PageRequest page) {
        UUID tenant = caller.tenantId(namedTenant);
        return transaction
                .asCaller(() -> feedbacks.newest(tenant, page.afterId(), page.limit() + 1))
                .map(rows ->
                        Page.of(rows, page.limit(), row -> row.id().toString()).map(FeedbackView::of));
    }

    private Uni<FeedbackView> store(UUID tenant, GiveFeedbackRequest request) {
        String person = caller.subject();
        return feedbacks
                .findBy(person, request.generationId())
                .map(existing -> existing != null
                        ? existing
                        : ModelingFeedback.on(request.generationId(), tenant, Ids.next(), person))
                .chain(feedback -> feedbacks.save(feedback.rate(request.rating(), request.comment(), clock.instant())))
                .call(feedback -> audit.record(
                        "ai.feedback_given",
                        "generation",
                        request.generationId(),
                        tenant,
                        Map.of("rating", feedback.rating())))
                .invoke(() -> given.increment())
                .map(FeedbackView::of);
    }
}

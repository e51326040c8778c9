package io.countinghouse.ai.generation;

import io.countinghouse.defaults.audit.AuditTrail;
import io.countinghouse.defaults.event.DomainEvent;
import io.countinghouse.defaults.event.Outbox;
import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.page.PageRequest;
import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.defaults.tenancy.Caller;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What was asked and answered: written once, with its metering and its audit entry, and read by its tenant. */
@Startup
@ApplicationScoped
public class GenerationRecords {

    private final ModelingInputRepository inputs;
    private final ModelingOutputRepository outputs;
    private final TenantTransaction transaction;
    private final Outbox outbox;
    private final AuditTrail audit;
    private final Caller caller;
    private final Counter generations;

    GenerationRecords(
            ModelingInputRepository inputs,
            ModelingOutputRepository outputs,
            TenantTransaction transaction,
            Outbox outbox,
            AuditTrail audit,
            Caller caller,
            MeterRegistry registry) {
        this.inputs = inputs;
        this.outputs = outputs;
        this.transaction = transaction;
        this.outbox = outbox;
        this.audit = audit;
        this.caller = caller;
        this.generations = registry.counter("ai.generations");
    }

    /** MUST be called inside a transaction; also outside of the request, so nothing of it is looked at. */
    Uni<GenerationView> record(Generation generation) {
        ModelingInput input = generation.input();
        ModelingOutput output = generation.output();
        return inputs.persistAndFlush(input)
                .chain(() -> outputs.persist(output))
                .chain(() -> outbox.publish(new DomainEvent(
                        GenerationCompleted.TYPE,
                        input.tenantId(),
                        input.id().toString(),
                        GenerationCompleted.of(input, output))))
                .chain(() -> audit.record(
                        generation.question().actor(),
                        "ai.generated",
                        "generation",
                        input.id(),
                        input.tenantId(),
                        AuditTrail.Outcome.SUCCESS,
                        Map.of(
                                "operation", input.operation(),
                                "provider", input.provider(),
                                "model", output.model())))
                .invoke(() -> transaction.afterCommit(generations::increment))
                .replaceWith(() -> GenerationView.of(input, output));
    }

    Uni<Page<GenerationView>> list(UUID namedTenant, Optional<String> operation, PageRequest page) {
        UUID tenant = caller.tenantId(namedTenant);
        return transaction.asCaller(() -> inputs.newest(tenant, operation, page.afterId(), page.limit() + 1)
                .map(rows -> Page.of(rows, page.limit(), row -> row.id().toString()))
                .chain(found -> outputs.byId(
                                found.data().stream().map(ModelingInput::id).toList())
                        .map(answers -> found.map(input -> GenerationView.of(input, answers.get(input.id()))))));
    }

    Uni<GenerationView> get(UUID id) {
        return transaction.asCaller(() ->
                find(id).chain(input -> outputs.findById(id).map(output -> GenerationView.of(input, output))));
    }

    /** The tenant of a generation that the caller may see; 404 for any other. Joins the caller's transaction. */
    public Uni<UUID> tenantOf(UUID id) {
        return transaction.asCaller(() -> find(id).map(ModelingInput::tenantId));
    }

    private Uni<ModelingInput> find(UUID id) {
        return inputs.findIn(caller.tenant(), id)
                .onItem()
                .ifNull()
                .failWith(() -> ProblemException.notFound("generation", id));
    }
}

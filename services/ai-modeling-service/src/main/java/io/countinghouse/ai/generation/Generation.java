package io.countinghouse.ai.generation;

import java.util.Map;
import java.util.UUID;

/** A question and its reply, under the id that its record will have. */
record Generation(UUID id, Question question, Reply reply) {

    private static final Map<String, Object> REASON = Map.of("left_out", "the database refused the text");

    ModelingInput input() {
        return ModelingInput.of(id, question);
    }

    ModelingOutput output() {
        return ModelingOutput.of(id, question.tenantId(), reply);
    }

    GenerationView view() {
        return GenerationView.of(input(), output());
    }

    /** Without the texts: enough to be billed. */
    Generation bare() {
        return new Generation(
                id,
                new Question(
                        question.tenantId(),
                        question.operation(),
                        question.provider(),
                        REASON,
                        question.askedBy(),
                        question.actor(),
                        question.askedAt()),
                new Reply(
                        reply.model(),
                        REASON,
                        reply.inputTokens(),
                        reply.outputTokens(),
                        reply.completion(),
                        reply.latency(),
                        reply.completedAt()));
    }

    boolean isBare() {
        return question.parameters().equals(REASON);
    }
}

package io.countinghouse.ai.provider;

import io.smallrye.mutiny.Uni;

/** Something that answers tasks. Outside any database transaction: an answer may take a minute. */
public interface Provider {

    /** As requests name it. */
    String name();

    /** Fails with a problem when the provider cannot do the task, is not configured, or does not answer. */
    Uni<Answer> answer(Task task);
}

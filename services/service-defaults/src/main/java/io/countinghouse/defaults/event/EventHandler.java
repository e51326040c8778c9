package io.countinghouse.defaults.event;

import io.smallrye.mutiny.Uni;

/**
 * Takes events of one type. Runs in one transaction with the inbox row, in the scope of the event's tenant: its effect
 * in the database happens once, however often the event is delivered. Anything else it does may happen again.
 */
public interface EventHandler {

    String type();

    /** A failure makes the sender deliver again later, and give up in its dead letters in the end. */
    Uni<Void> handle(ReceivedEvent event);
}

package io.countinghouse.defaults.event;

import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.function.Function;

/**
 * Takes events of one type. Runs in one transaction with the inbox row, in the scope of the event's tenant: its effect
 * in the database happens once, however often the event is delivered. Anything else it does may happen again.
 */
public interface EventHandler {

    String type();

    /** A failure makes the sender deliver again later, and give up in its dead letters in the end. */
    Uni<Void> handle(ReceivedEvent event);

    /**
     * What else is to be done about the event, by name. Each is done in a transaction with an inbox row of its own, whether
     * or not the others could be: one that fails is delivered again, and those that are done are not done twice. A name
     * never changes once it was published.
     */
    default Map<String, Function<ReceivedEvent, Uni<Void>>> besides() {
        return Map.of();
    }
}

package io.countinghouse.defaults.time;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.util.UUID;

/** Makes identifiers: UUIDv7 (RFC 9562), so that they sort by the time they were made. */
public final class Ids {

    /** Made with the first identifier: native-image refuses a source of randomness that was seeded while it built. */
    private static volatile TimeBasedEpochGenerator generator;

    private Ids() {}

    public static UUID next() {
        TimeBasedEpochGenerator ready = generator;
        return (ready != null ? ready : first()).generate();
    }

    private static synchronized TimeBasedEpochGenerator first() {
        // One for all: its counter keeps identifiers of the same millisecond in order.
        if (generator == null) {
            generator = Generators.timeBasedEpochGenerator();
        }
        return generator;
    }
}

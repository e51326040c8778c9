package io.countinghouse.operations.readiness;

import java.util.Locale;

/** What became of a line. Only {@link #OK} and {@link #FAILED} count in the score. */
enum Outcome {
    OK,
    FAILED,
    /** It should have been measured and could not be: the score does not speak for it. */
    NOT_MEASURED,
    /** It means nothing here, such as a pod's limits on a laptop. */
    NOT_APPLICABLE;

    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}

package io.countinghouse.defaults.correlation;

import io.countinghouse.defaults.time.Ids;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;

/** The correlation id of the current call: one value from the first request to the last event it causes. */
public final class Correlation {

    public static final String HEADER = "X-Correlation-Id";

    /** The key in the log line. */
    static final String MDC_KEY = "correlation_id";

    /** What is taken over from a caller; anything else could forge log lines or grow without end. */
    private static final Pattern ACCEPTABLE = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    private Correlation() {}

    public static Optional<String> current() {
        return Optional.ofNullable(MDC.get(MDC_KEY)).map(Object::toString);
    }

    /** Takes over the given id when it is acceptable, else makes one; it holds for the current Vert.x context. */
    public static String begin(String given) {
        String id = given != null && ACCEPTABLE.matcher(given).matches()
                ? given
                : Ids.next().toString();
        MDC.put(MDC_KEY, id);
        return id;
    }
}

package io.countinghouse.defaults.http;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** How long a request may take; see {@code microprofile-config.properties} for the reasons. */
@ConfigMapping(prefix = "countinghouse.http")
interface HttpConfig {

    /** From the end of the header to the end of the body. */
    Duration bodyTime();

    /** From the end of the header to the end of the answer. */
    Duration handlingTime();

    /** Query parameters that may be given more than once; any other may not. */
    Optional<Set<String>> repeatedParameters();
}

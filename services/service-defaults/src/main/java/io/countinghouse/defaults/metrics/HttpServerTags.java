package io.countinghouse.defaults.metrics;

import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/**
 * The bytes and connections of an HTTPS server carry its port as a tag, those of the plain one beside it none, and Prometheus
 * refuses two meters of one name with different tags: the server would never finish starting. What is counted is the process.
 */
@Singleton
class HttpServerTags {

    @Produces
    @Singleton
    MeterFilter withoutPort() {
        return MeterFilter.ignoreTags("server.port");
    }
}

package io.countinghouse.usage.event;

import io.smallrye.config.ConfigMapping;

@ConfigMapping(prefix = "countinghouse.usage")
interface UsageConfig {

    /** Whether customers may report their own usage, beside what the operator records. */
    boolean selfReporting();
}

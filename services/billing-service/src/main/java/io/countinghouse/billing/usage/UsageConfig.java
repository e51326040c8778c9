package io.countinghouse.billing.usage;

import io.smallrye.config.ConfigMapping;

@ConfigMapping(prefix = "countinghouse.billing.usage")
interface UsageConfig {
    /** Events asked for at once. */
    int pageSize();
}

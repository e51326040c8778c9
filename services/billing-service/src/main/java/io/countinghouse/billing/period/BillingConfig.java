package io.countinghouse.billing.period;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

@ConfigMapping(prefix = "countinghouse.billing.close")
interface BillingConfig {
    /** How long after its end a period is closed without being asked for. */
    Duration grace();

    /** How often due periods are looked for; {@code off} leaves closing to the operator. */
    String every();
}

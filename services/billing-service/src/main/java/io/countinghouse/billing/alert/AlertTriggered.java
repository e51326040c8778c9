package io.countinghouse.billing.alert;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;

/** Data of {@code billing.alert.triggered.v1}; {@code email} is null for a tenant without a billing profile. */
@RegisterForReflection
record AlertTriggered(
        UUID alertId, String name, String meter, String threshold, String value, Instant periodStart, String email) {
    static final String TYPE = "billing.alert.triggered.v1";
}

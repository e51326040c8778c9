package io.countinghouse.billing.subscription;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/** Data of {@code billing.subscription.changed.v1}; {@code email} is null for a tenant without a billing profile. */
@RegisterForReflection
record SubscriptionChanged(UUID subscriptionId, String change, String planCode, int planVersion, String email) {
    static final String TYPE = "billing.subscription.changed.v1";
}

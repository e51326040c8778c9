package io.countinghouse.billing.alert;

import java.time.Instant;
import java.util.UUID;

record AlertView(
        UUID id, UUID tenantId, String name, String meter, String threshold, Instant createdAt, Instant lastFiredAt) {}

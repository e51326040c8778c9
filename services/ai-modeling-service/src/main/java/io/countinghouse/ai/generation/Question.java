package io.countinghouse.ai.generation;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** What is asked of which provider for which tenant, as it will be recorded. */
record Question(UUID tenantId, String operation, String provider, Map<String, Object> parameters, Instant askedAt) {}

package io.countinghouse.usage.event;

import java.util.UUID;

/** Whose usage is to be cut off; a tenant need not name itself. */
record TakeCutoffRequest(UUID tenantId) {}

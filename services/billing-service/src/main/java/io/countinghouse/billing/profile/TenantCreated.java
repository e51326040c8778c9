package io.countinghouse.billing.profile;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.UUID;

/** What billing reads of {@code auth.tenant.created.v1}. */
@JsonIgnoreProperties(ignoreUnknown = true)
record TenantCreated(UUID tenantId, String name, String ownerEmail) {}

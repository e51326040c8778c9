package io.countinghouse.billing.profile;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/** What billing reads of {@code auth.tenant.created.v1}. */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
record TenantCreated(UUID tenantId, String name, String ownerEmail) {}

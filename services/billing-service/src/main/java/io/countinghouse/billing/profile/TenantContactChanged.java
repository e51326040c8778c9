package io.countinghouse.billing.profile;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/** What billing reads of {@code auth.tenant.contact_changed.v1}. */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
record TenantContactChanged(UUID tenantId, String formerEmail, String ownerEmail) {}

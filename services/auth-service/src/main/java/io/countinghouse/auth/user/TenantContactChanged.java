package io.countinghouse.auth.user;

import io.countinghouse.defaults.event.DomainEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

/**
 * The data of {@code auth.tenant.contact_changed.v1}.
 *
 * @param formerEmail where the tenant was written to until now, for whoever kept a copy of it
 */
@RegisterForReflection
record TenantContactChanged(
        UUID tenantId, String name, String formerEmail, UUID ownerUserId, String ownerEmail, String ownerName) {

    private static final String TYPE = "auth.tenant.contact_changed.v1";

    static DomainEvent event(Tenant tenant, User former, User owner) {
        return new DomainEvent(
                TYPE,
                tenant.id(),
                tenant.id().toString(),
                new TenantContactChanged(
                        tenant.id(), tenant.name(), former.email(), owner.id(), owner.email(), owner.name()));
    }
}

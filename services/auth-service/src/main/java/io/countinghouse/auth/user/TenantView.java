package io.countinghouse.auth.user;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.UUID;

@RegisterForReflection
record TenantView(UUID id, String name) {

    static TenantView of(Tenant tenant) {
        return new TenantView(tenant.id(), tenant.name());
    }
}

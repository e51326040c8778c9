package io.countinghouse.auth.user;

import java.util.UUID;

record TenantView(UUID id, String name) {

    static TenantView of(Tenant tenant) {
        return new TenantView(tenant.id(), tenant.name());
    }
}

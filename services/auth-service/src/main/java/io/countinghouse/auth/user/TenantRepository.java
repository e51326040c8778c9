package io.countinghouse.auth.user;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

@ApplicationScoped
class TenantRepository implements PanacheRepositoryBase<Tenant, UUID> {}

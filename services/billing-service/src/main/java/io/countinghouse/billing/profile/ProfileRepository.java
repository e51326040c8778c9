package io.countinghouse.billing.profile;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;

@ApplicationScoped
class ProfileRepository implements PanacheRepositoryBase<BillingProfile, UUID> {

    /**
     * Makes the profile unless there is one: the tenant's first request and the news of its signup may come at once, and the
     * later of them waits for the other's transaction.
     */
    Uni<Void> createIfAbsent(UUID tenantId, String name, String email, Instant now) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(
                                "INSERT INTO tenant_billing_profile (tenant_id, name, email, updated_at)"
                                        + " VALUES (:tenant, :name, :email, :now) ON CONFLICT (tenant_id) DO NOTHING")
                        .setParameter("tenant", tenantId)
                        .setParameter("name", name)
                        .setParameter("email", email)
                        .setParameter("now", now)
                        .executeUpdate())
                .replaceWithVoid();
    }
}

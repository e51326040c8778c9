package io.countinghouse.billing.profile;

import io.countinghouse.billing.input.IsoCountry;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class ProfileRepository implements PanacheRepositoryBase<BillingProfile, UUID> {
    private static final UUID LAST = new UUID(-1L, -1L);

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

    /** By tenant; those of which {@link BillingProfile#missing} names something when {@code incomplete}. */
    Uni<List<BillingProfile>> page(boolean incomplete, UUID after, int limit) {
        UUID before = after == null ? LAST : after;
        var query = incomplete
                ? find(
                        "tenantId < ?1 and (trim(name) = '' or coalesce(trim(addressLine), '') = '' or coalesce(trim(city), '') = ''"
                                + " or country is null or country not in ?2) order by tenantId desc",
                        before,
                        IsoCountry.Validator.all())
                : find("tenantId < ?1 order by tenantId desc", before);
        return query.range(0, limit).list();
    }
}

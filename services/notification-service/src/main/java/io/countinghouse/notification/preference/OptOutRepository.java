package io.countinghouse.notification.preference;

import io.countinghouse.notification.template.Category;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class OptOutRepository implements PanacheRepositoryBase<OptOut, UUID> {

    Uni<List<OptOut>> listOf(UUID tenant) {
        return list("tenantId", tenant);
    }

    Uni<Boolean> exists(UUID tenant, Category category) {
        return count("tenantId = ?1 and category = ?2", tenant, category.label())
                .map(count -> count > 0);
    }

    Uni<Long> deleteAllOf(UUID tenant) {
        return delete("tenantId", tenant);
    }

    Uni<Void> persistAll(List<OptOut> optOuts) {
        return getSession().chain(session -> session.persistAll(optOuts.toArray()));
    }

    /** Changes of one tenant's preferences wait for one another, or two would add the same category. */
    Uni<Void> lock(UUID tenant) {
        return getSession()
                .chain(session -> session.createNativeQuery(
                                "select count(*) from (select pg_advisory_xact_lock(hashtext(cast(:tenant as text)))) held",
                                Long.class)
                        .setParameter("tenant", tenant.toString())
                        .getSingleResult())
                .replaceWithVoid();
    }
}

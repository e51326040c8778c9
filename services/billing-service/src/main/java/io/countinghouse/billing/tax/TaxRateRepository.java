package io.countinghouse.billing.tax;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

@ApplicationScoped
class TaxRateRepository implements PanacheRepositoryBase<TaxRate, String> {

    Uni<TaxRate> standardOf(String country) {
        return find("country = ?1 and standard", country).firstResult();
    }

    /** By code, which is what their cursor is, too. */
    Uni<List<TaxRate>> page(String after, int limit) {
        return find("code > ?1 order by code", after == null ? "" : after)
                .range(0, limit)
                .list();
    }
}

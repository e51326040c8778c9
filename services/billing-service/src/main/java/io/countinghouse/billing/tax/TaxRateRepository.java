package io.countinghouse.billing.tax;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

@ApplicationScoped
class TaxRateRepository implements PanacheRepositoryBase<TaxRate, TaxRate.Key> {
    /** Every rate of a code, oldest first; none when there is no such code. */
    Uni<List<TaxRate>> ofCode(String code) {
        return list("code = ?1 order by validFrom", code);
    }

    Uni<List<TaxRate>> ofCodes(List<String> codes) {
        return list("code in ?1 order by code, validFrom", codes);
    }

    /** What a code says just before an instant; null when its first rate starts later. */
    Uni<TaxRate> before(String code, Instant end) {
        return find("code = ?1 and validFrom < ?2 order by validFrom desc", code, end)
                .firstResult();
    }

    /** What applies in a country by itself just before an instant; a row that the next of its code has replaced does not. */
    Uni<TaxRate> standardBefore(String country, Instant end) {
        return find(
                        "from TaxRate r where r.country = ?1 and r.standard and r.validFrom < ?2 and not exists"
                                + " (select 1 from TaxRate n where n.code = r.code and n.validFrom > r.validFrom"
                                + " and n.validFrom < ?2) order by r.validFrom desc",
                        country,
                        end)
                .firstResult();
    }

    Uni<TaxRate> standardFrom(String country, Instant validFrom) {
        return find("country = ?1 and standard and validFrom = ?2", country, validFrom)
                .firstResult();
    }

    /** Makes the code unless it is there; of two rates of a code at once the second waits for the first. */
    Uni<Void> claim(String code) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(
                                "INSERT INTO tax_rate_code (code) VALUES (:code) ON CONFLICT (code) DO UPDATE SET code = :code")
                        .setParameter("code", code)
                        .executeUpdate())
                .replaceWithVoid();
    }

    /** The codes, which are their own cursor. */
    Uni<List<String>> page(String after, int limit) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(
                                "SELECT code FROM tax_rate_code WHERE code > :after ORDER BY code", String.class)
                        .setParameter("after", after == null ? "" : after)
                        .setMaxResults(limit + 1)
                        .getResultList());
    }
}

package io.countinghouse.invoice.numbering;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * Takes the next number of a series, such as INV-2026-000001. The series' row is locked until the transaction ends:
 * documents of a series are numbered one after the other, and a number whose transaction fails goes to the next.
 * Take it last, for that reason.
 */
@ApplicationScoped
public class NumberSeries {

    /** @param prefix of the kind of document; the series is that of the year, in UTC, in which it is issued */
    public Uni<String> next(String prefix, Instant issuedAt) {
        String series = prefix + "-" + issuedAt.atOffset(ZoneOffset.UTC).getYear();
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(
                                "INSERT INTO number_series AS s (name, last) VALUES (:name, 1)"
                                        + " ON CONFLICT (name) DO UPDATE SET last = s.last + 1 RETURNING s.last",
                                Long.class)
                        .setParameter("name", series)
                        .getSingleResult())
                .map(number -> "%s-%06d".formatted(series, number));
    }
}

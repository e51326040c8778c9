package io.countinghouse.notification.message;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Row-level security narrows every query here to the tenant of the transaction. */
@ApplicationScoped
class NotificationRepository implements PanacheRepositoryBase<Notification, UUID> {

    private static final UUID LAST = new UUID(-1, -1);

    /**
     * Leases what is due, and what was leased by somebody who did not finish in time. Two processes never get the same row:
     * it is locked while it is claimed, and claimed rows are due only after the lease, by the database's clock. What nobody
     * has tried yet is due whatever the clock of the process says that queued it.
     */
    Uni<List<Notification>> claim(int most, Duration lease) {
        return getSession()
                .chain(session -> session.createNativeQuery("""
                                update notification set state = 'sent', attempts = attempts + 1, tries = tries + 1,
                                       next_attempt_at = clock_timestamp()
                                           + cast(:lease as double precision) * interval '1 second'
                                where id in (select id from notification
                                             where state in ('queued', 'sent')
                                               and (tries = 0 or next_attempt_at <= statement_timestamp())
                                             order by next_attempt_at limit :most for update skip locked)
                                returning *
                                """, Notification.class)
                        .setParameter("lease", lease.toMillis() / 1000.0)
                        .setParameter("most", most)
                        .getResultList());
    }

    /** The database's time, by which retries and leases are kept. */
    Uni<Instant> now() {
        return getSession()
                .chain(session -> session.createNativeQuery("select clock_timestamp()", Instant.class)
                        .getSingleResult());
    }

    /** How many wait to be tried or tried again, and for how many seconds the one that has been due longest has been. */
    Uni<Object[]> backlog() {
        return getSession()
                .chain(session -> session.createNativeQuery("""
                                select count(*) filter (where state = 'queued'),
                                       cast(coalesce(max(extract(epoch from clock_timestamp() - next_attempt_at)), 0)
                                           as double precision)
                                from notification where state in ('queued', 'sent')""").getSingleResult())
                .map(row -> (Object[]) row);
    }

    /** One after the other, and none at all is fine: Panache's own method does neither. */
    Uni<Void> persistAll(List<Notification> notifications) {
        return getSession().chain(session -> session.persistAll(notifications.toArray()));
    }

    Uni<Notification> findForChange(UUID id) {
        return findById(id, LockModeType.PESSIMISTIC_WRITE);
    }

    /** Newest first. */
    Uni<List<Notification>> list(Map<String, Object> conditions, Optional<UUID> before, int limit) {
        var query = new StringBuilder("from Notification where id < :before");
        var parameters = new HashMap<String, Object>();
        parameters.put("before", before.orElse(LAST));
        conditions.forEach((field, value) -> {
            query.append(" and ").append(field).append(" = :").append(field);
            parameters.put(field, value);
        });
        return find(query.append(" order by id desc").toString(), parameters)
                .range(0, limit - 1)
                .list();
    }
}

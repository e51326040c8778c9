package io.countinghouse.defaults.work;

import static java.util.stream.Collectors.joining;

import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Periodic work of a service that has several processes. A job has one share or many; a process takes a turn at a share,
 * works, and ends the turn. Nobody else works on the share meanwhile, and after the turn it rests until its interval is over.
 * A process that dies in its turn loses it when the lease is over; one that is slower than the lease may find another at the
 * same work, so the work itself MUST bear that.
 *
 * <p>Every time here is the database's: clocks of two machines differ, and nobody's lease must end by somebody else's clock.
 * {@code work_turns_total{job}} counts the turns of this process.
 */
@ApplicationScoped
public class Turns {

    /** Longer than a turn takes; a dead process holds up a share for this long. */
    static final Duration LEASE = Duration.ofMinutes(2);

    /** Processes look once an interval each, some a little early: a share that rests for all of it would be missed by them. */
    private static final double RESTS = 0.9;

    private static final List<Integer> ONE = List.of(0);

    /** A share that is there stays as it is; of two processes that make it at once the second waits for the first. */
    private static final String MAKE = """
            insert into work_turn (job, share, turn, due_at)
            select :job, new.share, 1, clock_timestamp()
            from unnest(cast(string_to_array(:shares, ',') as integer[])) as new (share)
            where not exists (select from work_turn there where there.job = :job and there.share = new.share)
            order by new.share
            on conflict do nothing""";

    private static final String TAKE = """
            update work_turn set turn = turn + 1, holder = :holder,
                   held_until = clock_timestamp() + cast(:lease as double precision) * interval '1 second',
                   due_at = clock_timestamp() + cast(:every as double precision) * interval '1 second'
            where (job, share) in (
                select job, share from work_turn
                where job = :job and share = any (cast(string_to_array(:shares, ',') as integer[]))
                    and due_at <= clock_timestamp() and (held_until is null or held_until <= clock_timestamp())
                order by due_at limit 1 for update skip locked)
            returning share, turn, cast(result as text)""";

    /** An end that comes after the lease ends nothing: the share may have another's turn. */
    private static final String END = """
            update work_turn set holder = null, held_until = null,
                   due_at = case when :again then clock_timestamp() else due_at end,
                   result = coalesce(cast(cast(:result as text) as jsonb), result)
            where job = :job and share = :share and turn = :turn""";

    private final TenantTransaction transaction;
    private final MeterRegistry metrics;
    private final String holder;

    /** @param holder names this process to who reads the table */
    public Turns(
            TenantTransaction transaction,
            MeterRegistry metrics,
            @ConfigProperty(name = "countinghouse.work.holder") String holder) {
        this.transaction = transaction;
        this.metrics = metrics;
        this.holder = holder;
    }

    /** The interval that a scheduled method is configured with; none when it is switched off and called by hand. */
    public static Duration interval(String every) {
        return every.equals("off") ? Duration.ZERO : DurationConverter.parseDuration(every);
    }

    /** Does the work if no process of the service did within the interval. */
    public Uni<Void> once(String job, Duration every, Supplier<? extends Uni<?>> work) {
        return take(job, ONE, every)
                .chain(taken -> taken.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : during(taken.get(), () -> work.get().replaceWith(false))
                                .replaceWithVoid());
    }

    /**
     * What one process of the service measures once an interval, in every process: a gauge says the same on each of them.
     *
     * @param measure is given what was measured before, null at first, and answers what is now
     * @return null while nothing has been measured
     */
    public Uni<JsonObject> measured(String job, Duration every, Function<JsonObject, Uni<JsonObject>> measure) {
        return take(job, ONE, every).chain(taken -> taken.isEmpty() ? lastResult(job) : measure(taken.get(), measure));
    }

    private Uni<JsonObject> measure(Turn turn, Function<JsonObject, Uni<JsonObject>> measure) {
        return Uni.createFrom()
                .deferred(() -> measure.apply(turn.result()))
                .call(measured -> end(turn, false, measured))
                .onFailure()
                .call(() -> end(turn, false, null));
    }

    /**
     * Works on shares, one after the other, until none is left that is due and free: the processes of a service divide them
     * among themselves.
     *
     * @param shares those that have work, or may have
     * @param work on one share; answers whether it left some, for which the share is due again at once
     */
    public Uni<Void> shared(
            String job, Collection<Integer> shares, Duration every, Function<Integer, Uni<Boolean>> work) {
        List<Integer> left = new ArrayList<>(shares);
        // Not a chain of as many links as shares: they would call each other.
        return Uni.createFrom()
                .deferred(() -> left.isEmpty() ? Uni.createFrom().item(Optional.<Turn>empty()) : take(job, left, every))
                .call(taken -> taken.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : during(taken.get(), () -> work.apply(taken.get().share()))
                                .invoke(again -> {
                                    if (!again) {
                                        left.remove((Integer) taken.get().share());
                                    }
                                }))
                .repeat()
                .until(Optional::isEmpty)
                .onItem()
                .ignoreAsUni();
    }

    /** A failure ends the turn as success does: the next is after the interval, by whoever comes first. */
    private Uni<Boolean> during(Turn turn, Supplier<Uni<Boolean>> work) {
        return Uni.createFrom()
                .deferred(work::get)
                .call(again -> end(turn, again, null))
                .onFailure()
                .call(() -> end(turn, false, null));
    }

    private Uni<Optional<Turn>> take(String job, List<Integer> shares, Duration every) {
        String numbers = shares.stream().map(String::valueOf).collect(joining(","));
        return transaction
                .forAllTenants(() -> Panache.getSession()
                        .chain(session -> session.createNativeQuery(MAKE)
                                .setParameter("job", job)
                                .setParameter("shares", numbers)
                                .executeUpdate()
                                .chain(() -> session.createNativeQuery(TAKE)
                                        .setParameter("job", job)
                                        .setParameter("shares", numbers)
                                        .setParameter("holder", holder)
                                        .setParameter("lease", LEASE.toMillis() / 1000.0)
                                        .setParameter("every", every.toMillis() / 1000.0 * RESTS)
                                        .getResultList())))
                .map(rows -> rows.stream().findFirst().map(row -> Turn.of(job, (Object[]) row)))
                .invoke(taken -> taken.ifPresent(
                        _ -> metrics.counter("work.turns", "job", job).increment()));
    }

    private Uni<Void> end(Turn turn, boolean again, JsonObject result) {
        return transaction.forAllTenants(() -> Panache.getSession()
                .chain(session -> session.createNativeQuery(END)
                        .setParameter("job", turn.job())
                        .setParameter("share", turn.share())
                        .setParameter("turn", turn.number())
                        .setParameter("again", again)
                        .setParameter("result", result == null ? null : result.encode())
                        .executeUpdate())
                .replaceWithVoid());
    }

    private Uni<JsonObject> lastResult(String job) {
        return transaction
                .forAllTenants(() -> Panache.getSession()
                        .chain(session -> session.createNativeQuery(
                                        "select cast(result as text) from work_turn where job = :job and result is not null")
                                .setParameter("job", job)
                                .getResultList()))
                .map(rows -> rows.isEmpty() ? null : new JsonObject((String) rows.getFirst()));
    }

    /** @param number counts the turns of the share, this one with them */
    private record Turn(String job, int share, long number, JsonObject result) {

        static Turn of(String job, Object[] row) {
            return new Turn(
                    job,
                    ((Number) row[0]).intValue(),
                    ((Number) row[1]).longValue(),
                    row[2] == null ? null : new JsonObject((String) row[2]));
        }
    }
}

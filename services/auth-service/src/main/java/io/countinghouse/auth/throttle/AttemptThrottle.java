package io.countinghouse.auth.throttle;

import io.countinghouse.auth.secret.OpaqueToken;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Counts attempts before they are made and takes the count back when they succeed: a thousand attempts at once then get
 * no further than five, which counting failures afterwards would not achieve.
 */
@ApplicationScoped
public class AttemptThrottle {

    /** The account under which all attempts of one address are counted; no e-mail address looks like it. */
    private static final byte[] ANY_ACCOUNT = OpaqueToken.sha256("*");

    private final ThrottleConfig config;
    private final TenantTransaction transaction;
    private final Clock clock;

    AttemptThrottle(ThrottleConfig config, TenantTransaction transaction, Clock clock) {
        this.config = config;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Runs the check of a password if an attempt is free, or fails with 429.
     *
     * @param check whether the password is right; when it fails with an error the attempt does not count
     */
    public Uni<Boolean> guard(String email, String clientAddress, Supplier<Uni<Boolean>> check) {
        byte[] account = OpaqueToken.sha256(email.strip().toLowerCase(Locale.ROOT));
        return transaction
                .forAllTenants(() -> charge(ANY_ACCOUNT, clientAddress, config.freeAttemptsPerAddress())
                        .chain(() -> charge(account, clientAddress, config.freeAttempts())))
                .chain(check::get)
                .onFailure(failure -> !(failure instanceof TooManyAttemptsException))
                .call(() -> takeBack(account, clientAddress, false))
                .call(isRight -> isRight
                        ? takeBack(account, clientAddress, true)
                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> charge(byte[] account, String clientAddress, int free) {
        Instant now = clock.instant();
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("""
                        insert into login_throttle as t (account, client_address, attempts, last_attempt_at, blocked_until)
                        values (:account, :address, 1, :now, :now)
                        on conflict (account, client_address) do update set
                            attempts = case when t.last_attempt_at < :forgotten then 1 else t.attempts + 1 end,
                            last_attempt_at = excluded.last_attempt_at,
                            blocked_until = excluded.blocked_until + make_interval(secs =>
                                case when t.last_attempt_at < :forgotten or t.attempts + 1 < :free then 0
                                     else least(:longest, power(2, least(t.attempts + 1 - :free, 30))) end)
                        where t.blocked_until <= excluded.last_attempt_at
                        returning attempts""", Integer.class)
                        .setParameter("account", account)
                        .setParameter("address", clientAddress)
                        .setParameter("now", now)
                        .setParameter("forgotten", now.minus(config.forgetAfter()))
                        .setParameter("free", free)
                        .setParameter("longest", (double) config.longestDelay().toSeconds())
                        .getSingleResultOrNull()
                        .chain(attempts -> attempts != null
                                ? Uni.createFrom().voidItem()
                                : blockedUntil(account, clientAddress)
                                        .invoke(until -> {
                                            throw new TooManyAttemptsException(Duration.between(now, until));
                                        })
                                        .replaceWithVoid()));
    }

    private Uni<Instant> blockedUntil(byte[] account, String clientAddress) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(
                                "select blocked_until from login_throttle where account = :account and client_address = :address",
                                Instant.class)
                        .setParameter("account", account)
                        .setParameter("address", clientAddress)
                        .getSingleResult());
    }

    /** After a success the account starts anew at this address; the address only gets back the one attempt. */
    private Uni<Void> takeBack(byte[] account, String clientAddress, boolean startAnew) {
        // In the order of charging: two logins that lock the same two rows must not wait for each other.
        return transaction.forAllTenants(() ->
                giveBack(ANY_ACCOUNT, clientAddress, false).chain(() -> giveBack(account, clientAddress, startAnew)));
    }

    private static Uni<Void> giveBack(byte[] account, String clientAddress, boolean all) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("""
                                update login_throttle
                                set attempts = case when :all then 0 else greatest(attempts - 1, 0) end,
                                    blocked_until = last_attempt_at
                                where account = :account and client_address = :address""")
                        .setParameter("all", all)
                        .setParameter("account", account)
                        .setParameter("address", clientAddress)
                        .executeUpdate())
                .replaceWithVoid();
    }

    @Scheduled(every = "1h", delayed = "1m")
    Uni<Void> forgetOld() {
        return transaction.forAllTenants(() -> Panache.getSession()
                .chain(session -> session.createNativeQuery(
                                "delete from login_throttle where last_attempt_at < :before and blocked_until < :before")
                        .setParameter("before", clock.instant().minus(config.forgetAfter()))
                        .executeUpdate())
                .replaceWithVoid());
    }
}

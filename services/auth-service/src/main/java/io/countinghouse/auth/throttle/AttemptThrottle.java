package io.countinghouse.auth.throttle;

import io.countinghouse.auth.secret.OpaqueToken;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.countinghouse.defaults.text.EmailAddress;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
        byte[] account = OpaqueToken.sha256(EmailAddress.canonical(email));
        return transaction
                .forAllTenants(() -> isKnown(account, clientAddress)
                        .call(isKnown -> (isKnown
                                        ? Uni.createFrom().voidItem()
                                        : charge(ANY_ACCOUNT, clientAddress, config.freeAttemptsPerAddress()))
                                .chain(() -> charge(account, clientAddress, config.freeAttempts()))))
                .chain(isKnown -> check.get()
                        .onFailure()
                        .call(() -> takeBack(account, clientAddress, isKnown, false))
                        .call(isRight -> isRight
                                ? takeBack(account, clientAddress, isKnown, true)
                                : Uni.createFrom().voidItem()));
    }

    /** Who has logged in from the address before is counted alone: an office is not locked out by one attacker in it. */
    private Uni<Boolean> isKnown(byte[] account, String clientAddress) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("""
                        select exists (select 1 from login_throttle where account = :account
                            and client_address = :address and succeeded_at > :since)""", Boolean.class)
                        .setParameter("account", account)
                        .setParameter("address", clientAddress)
                        .setParameter("since", clock.instant().minus(config.knownFor()))
                        .getSingleResult());
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
    private Uni<Void> takeBack(byte[] account, String clientAddress, boolean isKnown, boolean hasSucceeded) {
        // In the order of charging: two logins that lock the same two rows must not wait for each other.
        return transaction.forAllTenants(
                () -> (isKnown ? Uni.createFrom().voidItem() : giveBack(ANY_ACCOUNT, clientAddress, false))
                        .chain(() -> giveBack(account, clientAddress, hasSucceeded)));
    }

    private Uni<Void> giveBack(byte[] account, String clientAddress, boolean hasSucceeded) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("""
                                update login_throttle
                                set attempts = case when :succeeded then 0 else greatest(attempts - 1, 0) end,
                                    succeeded_at = case when :succeeded then :now else succeeded_at end,
                                    blocked_until = last_attempt_at
                                where account = :account and client_address = :address""")
                        .setParameter("succeeded", hasSucceeded)
                        .setParameter("now", clock.instant())
                        .setParameter("account", account)
                        .setParameter("address", clientAddress)
                        .executeUpdate())
                .replaceWithVoid();
    }

    @Scheduled(every = "1h", delayed = "1m")
    Uni<Void> forgetOld() {
        return transaction.forAllTenants(() -> Panache.getSession()
                .chain(session -> session.createNativeQuery("""
                                delete from login_throttle where last_attempt_at < :before and blocked_until < :before
                                    and (succeeded_at is null or succeeded_at < :known)""")
                        .setParameter("before", clock.instant().minus(config.forgetAfter()))
                        .setParameter("known", clock.instant().minus(config.knownFor()))
                        .executeUpdate())
                .replaceWithVoid());
    }
}

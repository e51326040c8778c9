package io.countinghouse.auth.throttle;

import io.countinghouse.auth.secret.OpaqueToken;
import io.countinghouse.defaults.audit.AuditTrail;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.countinghouse.defaults.text.EmailAddress;
import io.countinghouse.defaults.work.Turns;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Counts attempts before they are made and takes the count back when they succeed: a thousand attempts at once then get
 * no further than five, which counting failures afterwards would not achieve.
 */
@ApplicationScoped
public class AttemptThrottle {

    /** The account under which all attempts of one address are counted; no e-mail address looks like it. */
    private static final byte[] ANY_ACCOUNT = OpaqueToken.sha256("*");

    /** The account under which the sign-ups from an address are counted. */
    private static final byte[] SIGN_UP = OpaqueToken.sha256("sign-up");

    /** An IPv6 /48 is an office or a campus with many /64. */
    private static final int SIGN_UPS_PER_NETWORK = 4;

    /** The address under which the attempts on one account from unknown addresses are counted together. */
    private static final String ANY_ADDRESS = "*";

    private final ThrottleConfig config;
    private final TenantTransaction transaction;
    private final ThrottleMetrics metrics;
    private final AuditTrail audit;
    private final Clock clock;
    private final Turns turns;

    AttemptThrottle(
            ThrottleConfig config,
            TenantTransaction transaction,
            ThrottleMetrics metrics,
            AuditTrail audit,
            Clock clock,
            Turns turns) {
        this.config = config;
        this.transaction = transaction;
        this.metrics = metrics;
        this.audit = audit;
        this.clock = clock;
        this.turns = turns;
    }

    /**
     * Runs the check of a password if an attempt is free, or fails with 429. An attempt counts for the account at the client's
     * address; for an account that has not logged in from there also for the account from all such addresses together, for the
     * address, and for the network around it. An attacker with many addresses so slows down himself and others whom the
     * account does not know, and not the owner where the owner usually is.
     *
     * @param check whether the password is right; when it fails with an error the attempt does not count
     */
    public Uni<Boolean> guard(Account tried, String clientAddress, Supplier<Uni<Boolean>> check) {
        byte[] account = OpaqueToken.sha256(EmailAddress.canonical(tried.email()));
        return transaction
                .forAllTenants(() -> isKnown(account, clientAddress)
                        .chain(isKnown -> Multi.createFrom()
                                .iterable(counters(account, clientAddress, isKnown))
                                .onItem()
                                .transformToUniAndConcatenate(counter -> charge(counter, tried))
                                .collect()
                                .asList()
                                .replaceWith(isKnown)))
                .onFailure(TooManyAttemptsException.class)
                .invoke(metrics::throttled)
                .chain(isKnown -> check.get()
                        .onFailure()
                        .call(() -> takeBack(account, clientAddress, isKnown, false))
                        .call(isRight -> isRight
                                ? takeBack(account, clientAddress, isKnown, true)
                                : Uni.createFrom().voidItem()));
    }

    /** Counts a sign-up from the address, or fails with 429. None is given back: a taken address tells strangers something. */
    public Uni<Void> admitSignUp(String clientAddress) {
        Multi<Counter> counters = Multi.createFrom()
                .items(Stream.concat(
                        ClientAddress.networkOf(clientAddress).stream()
                                .map(network -> signUps(network, SIGN_UPS_PER_NETWORK * config.freeSignUps())),
                        Stream.of(signUps(clientAddress, config.freeSignUps()))));
        return transaction
                .forAllTenants(() -> counters.onItem()
                        .transformToUniAndConcatenate(counter -> charge(counter, Account.ofNobody("")))
                        .collect()
                        .last())
                .onFailure(TooManyAttemptsException.class)
                .invoke(metrics::throttled);
    }

    private Counter signUps(String address, int free) {
        return new Counter(SIGN_UP, address, Limit.within(config.signUpWindow(), free));
    }

    /** In the order in which all attempts lock them, so that none waits for another that waits for it. */
    private List<Counter> counters(byte[] account, String clientAddress, boolean isKnown) {
        List<Counter> counters = new ArrayList<>();
        if (!isKnown) {
            ClientAddress.networkOf(clientAddress)
                    .ifPresent(network -> counters.add(new Counter(
                            ANY_ACCOUNT, network, limit(config.freeAttemptsPerNetwork(), config.longestDelay()))));
            counters.add(new Counter(
                    ANY_ACCOUNT, clientAddress, limit(config.freeAttemptsPerAddress(), config.longestDelay())));
            counters.add(new Counter(
                    account,
                    ANY_ADDRESS,
                    new Limit(
                            config.freeAttemptsPerAccount(),
                            config.longestDelayPerAccount(),
                            config.mostFailuresPerAccount(),
                            Duration.ofDays(1),
                            config.forgetAccountAfter())));
        }
        counters.add(new Counter(account, clientAddress, limit(config.freeAttempts(), config.longestDelay())));
        return counters;
    }

    private Limit limit(int free, Duration longest) {
        return Limit.of(free, longest, config.forgetAfter());
    }

    private record Counter(byte[] account, String address, Limit limit) {

        /** The free attempts of an account from everywhere are used up: somebody is guessing. */
        boolean isUnderAttackAt(int attempts) {
            return address.equals(ANY_ADDRESS) && attempts == limit.free();
        }
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

    private Uni<Void> charge(Counter counter, Account tried) {
        Instant now = clock.instant();
        Limit limit = counter.limit();
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("""
                        insert into login_throttle as t (account, client_address, attempts, last_attempt_at, blocked_until)
                        values (:account, :address, 1, :now, :now)
                        on conflict (account, client_address) do update set
                            attempts = case when t.last_attempt_at < :forgotten then 1 else t.attempts + 1 end,
                            last_attempt_at = excluded.last_attempt_at,
                            blocked_until = excluded.blocked_until + make_interval(secs =>
                                case when t.last_attempt_at < :forgotten or t.attempts + 1 < :free then 0
                                     when t.attempts + 1 >= :suspended then :suspension
                                     else least(:longest, power(2, least(t.attempts + 1 - :free, 30))) end)
                        where t.blocked_until <= excluded.last_attempt_at
                        returning attempts""", Integer.class)
                        .setParameter("account", counter.account())
                        .setParameter("address", counter.address())
                        .setParameter("now", now)
                        .setParameter("forgotten", now.minus(limit.forgetAfter()))
                        .setParameter("free", limit.free())
                        .setParameter("suspended", limit.suspendedAfter())
                        .setParameter("suspension", (double) limit.suspension().toSeconds())
                        .setParameter("longest", (double) limit.longestDelay().toSeconds())
                        .getSingleResultOrNull())
                .chain(attempts -> attempts == null ? refuse(counter) : note(counter, tried, attempts));
    }

    private Uni<Void> refuse(Counter counter) {
        return blockedUntil(counter.account(), counter.address())
                .invoke(until -> {
                    throw new TooManyAttemptsException(Duration.between(clock.instant(), until));
                })
                .replaceWithVoid();
    }

    /** Once per series, where an owner or admin looks for it. */
    private Uni<Void> note(Counter counter, Account tried, int attempts) {
        if (!counter.isUnderAttackAt(attempts)) {
            return Uni.createFrom().voidItem();
        }
        metrics.attacked();
        return tried.user()
                .map(user -> audit.record(
                        new AuditTrail.Actor("system", "auth-service"),
                        "user.guessing_slowed",
                        "user",
                        user,
                        tried.tenant().orElse(null),
                        AuditTrail.Outcome.DENIED,
                        Map.of("attempts", attempts)))
                .orElseGet(() -> Uni.createFrom().voidItem());
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

    /**
     * After a success the account starts anew at this address; the other counters get back the one attempt, and the account as
     * a whole those that were made here (NIST SP 800-63B section 3.2.2: from the same address).
     */
    private Uni<Void> takeBack(byte[] account, String clientAddress, boolean isKnown, boolean hasSucceeded) {
        return transaction.forAllTenants(() -> Multi.createFrom()
                .iterable(counters(account, clientAddress, isKnown))
                .onItem()
                .transformToUniAndConcatenate(counter -> giveBack(counter, clientAddress, hasSucceeded))
                .collect()
                .last());
    }

    private Uni<Void> giveBack(Counter counter, String clientAddress, boolean hasSucceeded) {
        boolean isOwnOfAddress =
                counter.account() != ANY_ACCOUNT && !counter.address().equals(ANY_ADDRESS);
        boolean isOfAccount = counter.account() != ANY_ACCOUNT && !isOwnOfAddress;
        return Panache.getSession()
                .chain(session -> session.createNativeQuery("""
                                update login_throttle t
                                set attempts = case
                                        when :anew then 0
                                        when :account_wide then greatest(attempts - greatest(1, coalesce((
                                            select here.attempts from login_throttle here
                                            where here.account = t.account and here.client_address = :client), 1)), 0)
                                        else greatest(attempts - 1, 0) end,
                                    succeeded_at = case when :anew then :now else succeeded_at end,
                                    blocked_until = last_attempt_at
                                where account = :account and client_address = :address""")
                        .setParameter("anew", hasSucceeded && isOwnOfAddress)
                        .setParameter("account_wide", hasSucceeded && isOfAccount)
                        .setParameter("client", clientAddress)
                        .setParameter("now", clock.instant())
                        .setParameter("account", counter.account())
                        .setParameter("address", counter.address())
                        .executeUpdate())
                .replaceWithVoid();
    }

    @Scheduled(every = "1h", delayed = "1m")
    Uni<Void> clean() {
        return turns.once("throttle-cleaning", Duration.ofHours(1), this::forgetOld);
    }

    Uni<Void> forgetOld() {
        return transaction.forAllTenants(() -> Panache.getSession()
                .chain(session -> session.createNativeQuery("""
                                delete from login_throttle where blocked_until < :before
                                    and last_attempt_at < case when client_address = '*' then cast(:long_before as timestamptz)
                                        else :before end
                                    and (succeeded_at is null or succeeded_at < :known)""")
                        .setParameter("before", clock.instant().minus(config.forgetAfter()))
                        .setParameter("long_before", clock.instant().minus(config.forgetAccountAfter()))
                        .setParameter("known", clock.instant().minus(config.knownFor()))
                        .executeUpdate())
                .replaceWithVoid());
    }
}

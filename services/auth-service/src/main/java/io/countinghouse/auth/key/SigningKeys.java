package io.countinghouse.auth.key;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.countinghouse.defaults.audit.AuditTrail;
import io.countinghouse.defaults.secret.SecretMetrics;
import io.countinghouse.defaults.secret.SecretSource;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the keys: there is always one that signs and one that waits. Each process holds a copy and looks for another
 * replica's rotation every half minute; until then it signs with the key just retired, which still verifies.
 *
 * <p>New keys are Vault's where Vault is switched on, and the database's elsewhere. An installation that changes over keeps
 * its signing key until the next rotation, as long as that key can still be reached.
 */
@ApplicationScoped
class SigningKeys {

    /** A retired key stays published for a day: far longer than any token or cached key set lives. */
    private static final Duration RETIRED_FOR = Duration.ofDays(1);

    private final SigningKeyRepository repository;
    private final TenantTransaction transaction;
    private final DatabaseKeys databaseKeys;
    private final TransitKeys transitKeys;
    private final KeyConfig config;
    private final AuditTrail audit;
    private final SecretMetrics metrics;
    private final Clock clock;
    private volatile Current current;

    SigningKeys(
            SigningKeyRepository repository,
            TenantTransaction transaction,
            DatabaseKeys databaseKeys,
            TransitKeys transitKeys,
            KeyConfig config,
            AuditTrail audit,
            SecretMetrics metrics,
            Clock clock) {
        this.repository = repository;
        this.transaction = transaction;
        this.databaseKeys = databaseKeys;
        this.transitKeys = transitKeys;
        this.config = config;
        this.audit = audit;
        this.metrics = metrics;
        this.clock = clock;
    }

    record Current(String kid, Signer signer, Map<String, RSAPublicKey> published) {

        Optional<RSAPublicKey> verifying(String kid) {
            return Optional.ofNullable(kid).map(published::get);
        }
    }

    Current current() {
        return current;
    }

    /** Before the first request: a service that cannot sign must not become ready. */
    void start(@Observes StartupEvent event) throws Throwable {
        VertxContextSupport.subscribeAndAwait(() -> transaction
                .forAllTenants(() -> repository.lock().chain(this::ensure).chain(this::load))
                .invoke(this::hold));
    }

    @Scheduled(every = "30s", delayed = "30s")
    Uni<Void> reload() {
        return transaction.forAllTenants(this::load).invoke(this::hold).replaceWithVoid();
    }

    Uni<List<SigningKeyView>> list() {
        return transaction.asCaller(this::load).map(SigningKeys::views);
    }

    /** The waiting key signs from now on, the signing key retires, a new one waits. */
    Uni<List<SigningKeyView>> rotate() {
        return transaction
                .asCaller(() -> repository.lock().chain(this::load).chain(this::advance))
                .invoke(this::hold)
                .map(SigningKeys::views);
    }

    private Uni<List<SigningKey>> advance(List<SigningKey> keys) {
        Instant now = clock.instant();
        SigningKey active = only(SigningKey.State.ACTIVE, keys);
        SigningKey next = only(SigningKey.State.NEXT, keys);
        Instant earliest = next.publishedAt().plus(config.publishAhead());
        if (now.isBefore(earliest)) {
            throw new KeyTooYoungException(next.kid(), next.publishedAt(), earliest);
        }
        active.retire(now);
        // Flushed one by one: the unique index allows one ACTIVE and one NEXT key at any moment.
        return repository
                .flush()
                .invoke(() -> next.activate(now))
                .chain(repository::flush)
                .chain(() -> createNext(now))
                .call(() -> audit.record(
                        "signing_key.rotated",
                        "signing_key",
                        next.kid(),
                        null,
                        Map.of("retired", active.kid(), "active", next.kid())))
                .chain(this::load);
    }

    private Uni<Void> ensure() {
        Instant now = clock.instant();
        return load().call(keys -> ensureSigning(now, keys)).chain(keys -> ensureWaiting(now, keys));
    }

    /** A signing key that cannot be reached any more, Vault having been switched off, retires at once. */
    private Uni<Void> ensureSigning(Instant now, List<SigningKey> keys) {
        Optional<SigningKey> active = in(SigningKey.State.ACTIVE, keys);
        if (active.isPresent() && holderOf(active.get()).holds(active.get())) {
            return Uni.createFrom().voidItem();
        }
        active.ifPresent(key -> key.retire(now));
        return repository
                .flush()
                .chain(() -> createFirst(now))
                .invoke(key -> key.activate(now))
                .call(repository::persistAndFlush)
                .replaceWithVoid();
    }

    /** One that waits but is not where new keys are to be has never signed, so it can go. */
    private Uni<Void> ensureWaiting(Instant now, List<SigningKey> keys) {
        Optional<SigningKey> waiting = in(SigningKey.State.NEXT, keys);
        if (waiting.isPresent() && newKeys().holds(waiting.get())) {
            return Uni.createFrom().voidItem();
        }
        Uni<Void> gone = waiting.map(key -> repository.delete(key).chain(repository::flush))
                .orElseGet(() -> Uni.createFrom().voidItem());
        return gone.chain(() -> createNext(now)).replaceWithVoid();
    }

    private Uni<SigningKey> createFirst(Instant now) {
        if (config.signingKey().isEmpty() || transitKeys.isEnabled()) {
            return repository.listAll().chain(known -> newKeys().create(now, known));
        }
        return Uni.createFrom()
                .item(databaseKeys.of(
                        now,
                        KeyPairs.fromPem(config.signingKey().get()),
                        config.signingKeyId().orElse(null)));
    }

    private Uni<SigningKey> createNext(Instant now) {
        return repository.listAll().chain(known -> newKeys().create(now, known)).chain(repository::persistAndFlush);
    }

    private KeyHolder newKeys() {
        return transitKeys.isEnabled() ? transitKeys : databaseKeys;
    }

    private KeyHolder holderOf(SigningKey key) {
        return key.transitVersion().isPresent() ? transitKeys : databaseKeys;
    }

    private Uni<List<SigningKey>> load() {
        return repository.published(clock.instant().minus(RETIRED_FOR));
    }

    private void hold(List<SigningKey> keys) {
        SigningKey active = only(SigningKey.State.ACTIVE, keys);
        Signer signer = current != null && current.kid().equals(active.kid())
                ? current.signer()
                : holderOf(active).signer(active);
        current = new Current(
                active.kid(),
                signer,
                keys.stream().collect(toUnmodifiableMap(SigningKey::kid, key -> KeyPairs.publicKey(key.publicKey()))));
        metrics.inUse(
                "access-token",
                active.transitVersion().isPresent() ? SecretSource.VAULT : SecretSource.ENVIRONMENT,
                active.kid(),
                Optional.of(active.activatedAt()));
    }

    private static Optional<SigningKey> in(SigningKey.State state, List<SigningKey> keys) {
        return keys.stream().filter(key -> key.is(state)).findFirst();
    }

    private static SigningKey only(SigningKey.State state, List<SigningKey> keys) {
        return in(state, keys)
                .orElseThrow(() -> new IllegalStateException("there is no %s signing key".formatted(state)));
    }

    private static List<SigningKeyView> views(List<SigningKey> keys) {
        return keys.stream().map(SigningKeyView::of).toList();
    }
}

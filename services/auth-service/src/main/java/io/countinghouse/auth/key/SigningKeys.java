package io.countinghouse.auth.key;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.countinghouse.auth.secret.ServerSecret;
import io.countinghouse.defaults.audit.AuditTrail;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.countinghouse.defaults.time.Ids;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.security.KeyPair;
import java.security.PrivateKey;
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
 */
@ApplicationScoped
class SigningKeys {

    /** A retired key stays published for a day: far longer than any token or cached key set lives. */
    private static final Duration RETIRED_FOR = Duration.ofDays(1);

    private final SigningKeyRepository repository;
    private final TenantTransaction transaction;
    private final ServerSecret secret;
    private final KeyConfig config;
    private final AuditTrail audit;
    private final Clock clock;
    private volatile Current current;

    SigningKeys(
            SigningKeyRepository repository,
            TenantTransaction transaction,
            ServerSecret secret,
            KeyConfig config,
            AuditTrail audit,
            Clock clock) {
        this.repository = repository;
        this.transaction = transaction;
        this.secret = secret;
        this.config = config;
        this.audit = audit;
        this.clock = clock;
    }

    record Current(String kid, PrivateKey privateKey, Map<String, RSAPublicKey> published) {

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
                .chain(SigningKeys::generate)
                .chain(pair -> create(now, pair, null))
                .call(() -> audit.record(
                        "signing_key.rotated",
                        "signing_key",
                        next.kid(),
                        null,
                        Map.of("retired", active.kid(), "active", next.kid())))
                .chain(this::load);
    }

    private Uni<Void> ensure() {
        return load().chain(keys -> {
            Instant now = clock.instant();
            boolean waiting = keys.stream().anyMatch(key -> key.is(SigningKey.State.NEXT));
            boolean signing = keys.stream().anyMatch(key -> key.is(SigningKey.State.ACTIVE));
            Uni<Void> first = signing ? Uni.createFrom().voidItem() : createActive(now);
            return first.chain(() -> waiting
                    ? Uni.createFrom().voidItem()
                    : generate().chain(pair -> create(now, pair, null)).replaceWithVoid());
        });
    }

    private Uni<Void> createActive(Instant now) {
        Uni<KeyPair> pair = config.signingKey()
                .map(pem -> Uni.createFrom().item(KeyPairs.fromPem(pem)))
                .orElseGet(SigningKeys::generate);
        String kid = config.signingKey().isPresent() ? config.signingKeyId().orElse(null) : null;
        return pair.chain(made -> create(now, made, kid))
                .invoke(key -> key.activate(now))
                .chain(repository::flush);
    }

    /** On a worker thread: finding two primes takes up to seconds, which would hold up an event loop. */
    private static Uni<KeyPair> generate() {
        return Uni.createFrom()
                .completionStage(() -> Vertx.currentContext()
                        .executeBlocking(KeyPairs::generate)
                        .toCompletionStage());
    }

    private Uni<SigningKey> create(Instant now, KeyPair pair, String name) {
        RSAPublicKey publicKey = (RSAPublicKey) pair.getPublic();
        String kid = name == null ? KeyPairs.thumbprint(publicKey) : name;
        byte[] sealed = secret.encrypt(context(kid), pair.getPrivate().getEncoded());
        return repository.persistAndFlush(SigningKey.publishedAt(now, Ids.next(), kid, publicKey.getEncoded(), sealed));
    }

    private Uni<List<SigningKey>> load() {
        return repository.published(clock.instant().minus(RETIRED_FOR));
    }

    private void hold(List<SigningKey> keys) {
        SigningKey active = only(SigningKey.State.ACTIVE, keys);
        PrivateKey privateKey = current != null && current.kid().equals(active.kid())
                ? current.privateKey()
                : KeyPairs.privateKey(secret.decrypt(context(active.kid()), active.privateKey()));
        current = new Current(
                active.kid(),
                privateKey,
                keys.stream().collect(toUnmodifiableMap(SigningKey::kid, key -> KeyPairs.publicKey(key.publicKey()))));
    }

    private static SigningKey only(SigningKey.State state, List<SigningKey> keys) {
        return keys.stream()
                .filter(key -> key.is(state))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no %s signing key".formatted(state)));
    }

    private static List<SigningKeyView> views(List<SigningKey> keys) {
        return keys.stream().map(SigningKeyView::of).toList();
    }

    private static String context(String kid) {
        return "signing key " + kid;
    }
}

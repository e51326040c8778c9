package io.countinghouse.auditlog.proof;

import io.countinghouse.auditlog.entry.AuditLogService;
import io.countinghouse.auditlog.entry.NewEntry;
import io.countinghouse.auditlog.tree.StoredTree;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/**
 * The key that signs checkpoints: the configured one, or else one that is generated at the first start. The service does
 * not start without a key, because a log that cannot be signed proves nothing.
 */
@ApplicationScoped
class SigningKeys {

    private final ProofConfig config;
    private final SigningKeyRepository keys;
    private final AuditLogService log;
    private final StoredTree tree;
    private final TenantTransaction transaction;
    private final Clock clock;
    private volatile SigningKey current;

    SigningKeys(
            ProofConfig config,
            SigningKeyRepository keys,
            AuditLogService log,
            StoredTree tree,
            TenantTransaction transaction,
            Clock clock) {
        this.config = config;
        this.keys = keys;
        this.log = log;
        this.tree = tree;
        this.transaction = transaction;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) throws Throwable {
        current = VertxContextSupport.subscribeAndAwait(() -> transaction.forAllTenants(this::load));
    }

    SigningKey current() {
        return current;
    }

    /** The append lock makes replicas that start together agree on one key. */
    private Uni<SigningKey> load() {
        return tree.lockForAppend()
                .chain(size -> config.signingKey()
                        .filter(key -> !key.isBlank())
                        .map(SigningKey::parse)
                        .map(this::adopt)
                        .orElseGet(this::openOrGenerate));
    }

    private Uni<SigningKey> adopt(SigningKey configured) {
        return keys.findByPublicKey(configured.publicKey())
                .chain(known -> known != null
                        ? Uni.createFrom().item(configured)
                        : store(configured, null, "audit.signing_key.adopted"));
    }

    private Uni<SigningKey> openOrGenerate() {
        var seal = new SealedSeed(
                config.keyEncryptionSecret()
                        .orElseThrow(
                                () -> new IllegalStateException(
                                        "neither countinghouse.audit.signing-key nor countinghouse.audit.key-encryption-secret is set")));
        return keys.findGenerated().chain(stored -> {
            if (stored != null) {
                return Uni.createFrom().item(seal.open(stored.encryptedSeed(), stored.publicKey()));
            }
            var generated = SigningKey.generate();
            return store(generated, seal.seal(generated), "audit.signing_key.created");
        });
    }

    private Uni<SigningKey> store(SigningKey key, byte[] sealed, String action) {
        byte[] publicKey = key.publicKey();
        String keyId = HexFormat.of().formatHex(SigningKey.keyId(config.origin(), publicKey));
        var details = Map.of(
                "origin", config.origin(), "public_key", Base64.getEncoder().encodeToString(publicKey));
        return keys.persist(new StoredSigningKey(publicKey, sealed, clock.instant()))
                .chain(() -> log.append(NewEntry.ownAction(action, "signing_key", keyId, clock.instant(), details)))
                .replaceWith(key);
    }
}

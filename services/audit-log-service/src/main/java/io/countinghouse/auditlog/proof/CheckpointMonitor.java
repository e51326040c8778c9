package io.countinghouse.auditlog.proof;

import io.countinghouse.auditlog.tree.ProofVerifier;
import io.countinghouse.auditlog.tree.StoredTree;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import org.jboss.logging.Logger;

/**
 * {@code audit_checkpoint_age_seconds}: how long ago this process last signed a checkpoint of a tree that holds all entries
 * of the one before. It grows while checkpoints cannot be made, and for ever once the stored tree is no longer the one that
 * was signed: a rewritten log is noticed here without anybody asking for a proof.
 */
@ApplicationScoped
class CheckpointMonitor {

    private static final Logger LOG = Logger.getLogger(CheckpointMonitor.class);

    private final StoredTree tree;
    private final ProofConfig config;
    private final SigningKeys keys;
    private final TenantTransaction transaction;
    private final Clock clock;
    private volatile Head signed;
    private volatile Instant signedAt;

    CheckpointMonitor(
            StoredTree tree,
            ProofConfig config,
            SigningKeys keys,
            TenantTransaction transaction,
            Clock clock,
            MeterRegistry metrics) {
        this.tree = tree;
        this.config = config;
        this.keys = keys;
        this.transaction = transaction;
        this.clock = clock;
        this.signedAt = clock.instant();
        Gauge.builder(
                        "audit.checkpoint.age.seconds",
                        () -> Math.max(0, clock.instant().toEpochMilli() - signedAt.toEpochMilli()) / 1000.0)
                .register(metrics);
    }

    // The proof between two checkpoints a few seconds apart is a handful of hashes, however large the log.
    @Scheduled(every = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> sign() {
        if (keys.current() == null) {
            // The scheduler may begin while the key is still being read; its age tells if that goes on.
            return Uni.createFrom().voidItem();
        }
        return transaction.forAllTenants(() -> tree.size()
                .chain(size -> tree.root(size).map(root -> new Head(size, root)))
                .chain(now -> isConsistent(signed, now).invoke(consistent -> record(now, consistent)))
                .replaceWithVoid());
    }

    private Uni<Boolean> isConsistent(Head before, Head now) {
        if (before == null || before.size() == 0) {
            return Uni.createFrom().item(true);
        }
        if (before.size() > now.size()) {
            return Uni.createFrom().item(false);
        }
        return tree.consistencyProof(before.size(), now.size())
                .map(proof ->
                        ProofVerifier.verifyConsistency(before.size(), now.size(), before.root(), now.root(), proof));
    }

    private void record(Head now, boolean consistent) {
        if (!consistent) {
            LOG.errorf(
                    "The log of %d entries does not hold the %d entries that were signed before: it was rewritten.",
                    now.size(), signed.size());
            return;
        }
        Checkpoint.signed(config.origin(), now.size(), now.root(), keys.current());
        signed = now;
        signedAt = clock.instant();
    }

    private record Head(long size, byte[] root) {}
}

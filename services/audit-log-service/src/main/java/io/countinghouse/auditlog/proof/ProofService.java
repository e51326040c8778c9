package io.countinghouse.auditlog.proof;

import io.countinghouse.auditlog.entry.AuditLogService;
import io.countinghouse.auditlog.tree.StoredTree;
import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** Checkpoints and proofs of the tree as it is now or was at an earlier size. */
@ApplicationScoped
class ProofService {

    private final AuditLogService log;
    private final StoredTree tree;
    private final SigningKeys signingKeys;
    private final SigningKeyRepository keys;
    private final ProofConfig config;
    private final TenantTransaction transaction;

    ProofService(
            AuditLogService log,
            StoredTree tree,
            SigningKeys signingKeys,
            SigningKeyRepository keys,
            ProofConfig config,
            TenantTransaction transaction) {
        this.log = log;
        this.tree = tree;
        this.signingKeys = signingKeys;
        this.keys = keys;
        this.config = config;
        this.transaction = transaction;
    }

    Uni<Checkpoint> checkpoint(Long size) {
        return transaction.asCaller(() -> sizeOrNow("tree_size", size, 0).chain(this::checkpointAt));
    }

    Uni<InclusionProof> inclusion(UUID id, Long size) {
        return transaction.asCaller(() -> log.find(id)
                .chain(entry -> sizeOrNow("tree_size", size, entry.leafIndex() + 1)
                        .chain(treeSize -> tree.inclusionProof(entry.leafIndex(), treeSize)
                                .chain(hashes -> checkpointAt(treeSize)
                                        .map(checkpoint -> new InclusionProof(
                                                entry.id(),
                                                entry.leafIndex(),
                                                treeSize,
                                                base64(entry.leafHash()),
                                                new String(entry.canonical(), java.nio.charset.StandardCharsets.UTF_8),
                                                base64(hashes),
                                                checkpoint))))));
    }

    Uni<ConsistencyProof> consistency(long from, Long to) {
        return transaction.asCaller(() -> sizeOrNow("from", from, 1)
                .chain(() -> sizeOrNow("to", to, from))
                .chain(size -> tree.consistencyProof(from, size)
                        .chain(hashes -> checkpointAt(from)
                                .chain(earlier -> checkpointAt(size)
                                        .map(later ->
                                                new ConsistencyProof(from, size, base64(hashes), earlier, later))))));
    }

    Uni<PublicKeyView> publicKey() {
        byte[] current = signingKeys.current().publicKey();
        return transaction.forAllTenants(keys::listKeys).map(all -> {
            List<PublicKeyView.Earlier> earlier = all.stream()
                    .filter(key -> !Arrays.equals(key.publicKey(), current))
                    .map(key -> new PublicKeyView.Earlier(
                            base64(key.publicKey()),
                            SigningKey.verifierKey(config.origin(), key.publicKey()),
                            key.createdAt()))
                    .toList();
            return new PublicKeyView(
                    config.origin(),
                    "Ed25519",
                    base64(current),
                    SigningKey.verifierKey(config.origin(), current),
                    earlier);
        });
    }

    private Uni<Checkpoint> checkpointAt(long size) {
        return tree.root(size).map(root -> Checkpoint.signed(config.origin(), size, root, signingKeys.current()));
    }

    private Uni<Long> sizeOrNow(String field, Long asked, long least) {
        return tree.size().map(now -> {
            long size = asked == null ? now : asked;
            if (size > now) {
                throw ProblemException.invalidField(
                        field, "'" + size + "' is more than the " + now + " entries there are");
            }
            if (size < least) {
                throw ProblemException.invalidField(
                        field, "'" + size + "' is less than " + least + ", the smallest size this can be asked for");
            }
            return size;
        });
    }

    private static List<String> base64(List<byte[]> hashes) {
        return hashes.stream().map(ProofService::base64).toList();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}

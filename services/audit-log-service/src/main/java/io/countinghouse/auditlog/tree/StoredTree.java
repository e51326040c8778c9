package io.countinghouse.auditlog.tree;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The tree as it stands in the database. Every method joins the caller's transaction. The tree covers all tenants, and a
 * hash tells nothing of what was hashed, so these rows are visible to every tenant.
 */
@ApplicationScoped
public class StoredTree {

    /** Any number will do, as long as nothing else in this database takes the same advisory lock. */
    private static final long APPEND_LOCK = 6962;

    /**
     * Lets one transaction append at a time and answers the index of its next leaf. Held until the transaction ends, so
     * that a leaf is never visible before its predecessors and a rolled-back one leaves no gap.
     */
    public Uni<Long> lockForAppend() {
        // The size is asked in a statement of its own: its snapshot must be younger than the lock.
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(
                                "select count(*) from (select pg_advisory_xact_lock(:key)) as held", Long.class)
                        .setParameter("key", APPEND_LOCK)
                        .getSingleResult())
                .chain(this::size);
    }

    /** Stores a leaf at the index that {@link #lockForAppend} answered, and every subtree that it completes. */
    public Uni<Void> append(long leafIndex, byte[] leafHash) {
        return load(MerkleTree.subtreesOfAppend(leafIndex))
                .map(stored -> MerkleTree.append(leafIndex, leafHash, stored))
                .chain(completed -> Panache.getSession()
                        .chain(session -> session.persistAll(completed.entrySet().stream()
                                .map(node -> new AuditNode(node.getKey(), node.getValue()))
                                .toArray())));
    }

    public Uni<Long> size() {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(
                                "select coalesce(max(index) + 1, 0) from audit_node where level = 0", Long.class)
                        .getSingleResult());
    }

    public Uni<byte[]> root(long size) {
        return load(MerkleTree.subtreesOfRoot(size)).map(stored -> MerkleTree.root(size, stored));
    }

    public Uni<List<byte[]>> inclusionProof(long leafIndex, long size) {
        return load(MerkleTree.subtreesOfInclusion(leafIndex, size))
                .map(stored -> MerkleTree.inclusionProof(leafIndex, size, stored));
    }

    public Uni<List<byte[]>> consistencyProof(long from, long to) {
        return load(MerkleTree.subtreesOfConsistency(from, to))
                .map(stored -> MerkleTree.consistencyProof(from, to, stored));
    }

    private Uni<Map<Subtree, byte[]>> load(Set<Subtree> subtrees) {
        if (subtrees.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        // Numbers of this process, never text of a request, are written into the statement.
        String positions = subtrees.stream()
                .map(subtree -> "(" + subtree.level() + "," + subtree.index() + ")")
                .collect(Collectors.joining(","));
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(
                                "select level, index, hash from audit_node where (level, index) in (" + positions + ")",
                                AuditNode.class)
                        .getResultList())
                .map(nodes -> {
                    var stored = new HashMap<Subtree, byte[]>();
                    nodes.forEach(node -> stored.put(node.subtree(), node.hash()));
                    return stored;
                });
    }
}

package io.countinghouse.operations.backup;

import io.countinghouse.operations.ServiceName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * The audit log's tree (RFC 6962, section 2.1) from outside: its root as the stored hashes of complete subtrees give it,
 * and all of it recomputed from the bytes of the entries, with nothing of the audit service's own code.
 */
final class Merkle {

    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};
    private static final int LEVELS = 63;
    private static final int ROWS_AT_ONCE = 5_000;

    /** In the order in which appending entries completes subtrees. */
    private static final String NODES =
            "select level, index, hash from audit_node order by (index + 1) << level, level";

    private static final String ENTRIES = "select leaf_index, canonical, leaf_hash from audit_logs order by leaf_index";

    /** Hashes of the complete subtrees that the entries so far divide into, by level. */
    private final byte[][] peaks = new byte[LEVELS][];

    private long size;

    private Merkle() {}

    /** @param root of the first {@code size} entries */
    record Head(long size, byte[] root) {}

    static byte[] leafHash(byte[] canonical) {
        return Sha256.of(LEAF, canonical);
    }

    static byte[] nodeHash(byte[] left, byte[] right) {
        return Sha256.of(NODE, left, right);
    }

    /** The head of the tree as stored: a handful of rows, however long the log is. */
    static Head stored(Connection connection) throws SQLException {
        long size = Sql.number(connection, "select coalesce(max(index) + 1, 0) from audit_node where level = 0");
        try (PreparedStatement select =
                connection.prepareStatement("select hash from audit_node where level = ? and index = ?")) {
            byte[][] peaks = new byte[LEVELS][];
            for (int level = 0; level < LEVELS; level++) {
                if ((size >> level & 1) == 1) {
                    select.setInt(1, level);
                    select.setLong(2, (size >> level) - 1);
                    try (ResultSet rows = select.executeQuery()) {
                        if (!rows.next()) {
                            throw new ViolationException(
                                    "the audit tree of " + size + " entries lacks its subtree of level " + level);
                        }
                        peaks[level] = rows.getBytes(1);
                    }
                }
            }
            return new Head(size, root(size, peaks));
        }
    }

    /**
     * Recomputes every hash from the entries and compares it with what is stored.
     *
     * @param early a size whose root is wanted as well
     * @return the heads of the whole tree and of its first {@code early} entries
     */
    static Head[] recompute(Server server, long early) throws SQLException {
        Merkle tree = new Merkle();
        byte[] earlyRoot = early == 0 ? Sha256.of() : null;
        try (Connection first = server.reading(ServiceName.AUDIT_LOG);
                Connection second = server.reading(ServiceName.AUDIT_LOG);
                PreparedStatement entries = first.prepareStatement(ENTRIES);
                PreparedStatement nodes = second.prepareStatement(NODES)) {
            entries.setFetchSize(ROWS_AT_ONCE);
            nodes.setFetchSize(ROWS_AT_ONCE);
            try (ResultSet entry = entries.executeQuery();
                    ResultSet node = nodes.executeQuery()) {
                while (entry.next()) {
                    tree.append(entry, node);
                    if (tree.size == early) {
                        earlyRoot = root(early, tree.peaks);
                    }
                }
                if (node.next()) {
                    throw new ViolationException("the audit tree holds a subtree of level " + node.getInt(1)
                            + ", index " + node.getLong(2) + ", of which there are no entries");
                }
            }
        }
        return new Head[] {new Head(tree.size, root(tree.size, tree.peaks)), new Head(early, earlyRoot)};
    }

    private void append(ResultSet entry, ResultSet nodes) throws SQLException {
        long index = entry.getLong(1);
        if (index != size) {
            throw new ViolationException("audit entry " + size + " is missing: the next is " + index);
        }
        byte[] hash = leafHash(entry.getBytes(2));
        if (!Arrays.equals(hash, entry.getBytes(3))) {
            throw new ViolationException("audit entry " + index + " was changed: its hash is another");
        }
        int level = 0;
        compare(nodes, level, index, index, hash);
        for (; (index >> level & 1) == 1; level++) {
            hash = nodeHash(peaks[level], hash);
            compare(nodes, level + 1, index >> level + 1, index, hash);
        }
        peaks[level] = hash;
        size++;
    }

    private static void compare(ResultSet nodes, int level, long index, long entry, byte[] hash) throws SQLException {
        if (!nodes.next() || nodes.getInt(1) != level || nodes.getLong(2) != index) {
            throw new ViolationException("the audit tree lacks the subtree of level " + level + ", index " + index
                    + ", that entry " + entry + " completes");
        }
        if (!Arrays.equals(hash, nodes.getBytes(3))) {
            throw new ViolationException(
                    level == 0
                            ? "audit entry " + entry + " was changed: the tree holds another hash of it"
                            : "an audit entry up to " + entry + " was changed: the subtree of level " + level
                                    + ", index " + index + ", has another hash");
        }
    }

    private static byte[] root(long size, byte[][] peaks) {
        byte[] root = null;
        for (int level = 0; level < LEVELS; level++) {
            if ((size >> level & 1) == 1) {
                root = root == null ? peaks[level] : nodeHash(peaks[level], root);
            }
        }
        return root == null ? Sha256.of() : root;
    }
}

package io.countinghouse.auditlog.tree;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The Merkle tree of RFC 6962, section 2.1, with SHA-256. Roots and proofs of any past size are computed from the stored
 * hashes of complete subtrees; each needs O(log n) of them. The {@code subtreesOf…} methods say which to load, the others
 * take what was loaded, so that a caller reads storage once and never from within a recursion.
 */
public final class MerkleTree {

    /** The root of a tree without leaves: the hash of nothing. */
    public static final byte[] EMPTY_ROOT = sha256(new byte[0]);

    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};

    private MerkleTree() {}

    /** {@code SHA-256(0x00 || entry)}: the prefix keeps an interior node from being passed off as an entry. */
    public static byte[] leafHash(byte[] entry) {
        return sha256(LEAF, entry);
    }

    /** {@code SHA-256(0x01 || left || right)}. */
    public static byte[] nodeHash(byte[] left, byte[] right) {
        return sha256(NODE, left, right);
    }

    /** The left siblings that {@link #append} needs for the leaf with this index. */
    public static Set<Subtree> subtreesOfAppend(long leafIndex) {
        var siblings = ordered();
        for (var node = new Subtree(0, leafIndex); node.isRightChild(); node = node.parent()) {
            siblings.add(node.sibling());
        }
        return siblings;
    }

    /** The hashes of all subtrees that the new leaf completes, itself first. */
    public static Map<Subtree, byte[]> append(long leafIndex, byte[] leafHash, Map<Subtree, byte[]> stored) {
        var completed = new LinkedHashMap<Subtree, byte[]>();
        var node = new Subtree(0, leafIndex);
        byte[] hash = leafHash;
        completed.put(node, hash);
        while (node.isRightChild()) {
            hash = nodeHash(required(stored, node.sibling()), hash);
            node = node.parent();
            completed.put(node, hash);
        }
        return completed;
    }

    public static Set<Subtree> subtreesOfRoot(long size) {
        return size == 0 ? Set.of() : subtreesOf(List.of(new LeafRange(0, size)));
    }

    /** MTH(D[size]). */
    public static byte[] root(long size, Map<Subtree, byte[]> stored) {
        return size == 0 ? EMPTY_ROOT.clone() : new LeafRange(0, size).hash(stored);
    }

    public static Set<Subtree> subtreesOfInclusion(long leafIndex, long size) {
        return subtreesOf(inclusionPath(leafIndex, size));
    }

    /** PATH(leafIndex, D[size]): the hashes that lead from the leaf to the root, lowest first. */
    public static List<byte[]> inclusionProof(long leafIndex, long size, Map<Subtree, byte[]> stored) {
        return hashes(inclusionPath(leafIndex, size), stored);
    }

    public static Set<Subtree> subtreesOfConsistency(long from, long to) {
        return subtreesOf(consistencyPath(from, to));
    }

    /** PROOF(from, D[to]): the hashes that show the tree of size {@code to} to be the tree of size {@code from}, continued. */
    public static List<byte[]> consistencyProof(long from, long to, Map<Subtree, byte[]> stored) {
        return hashes(consistencyPath(from, to), stored);
    }

    private static List<LeafRange> inclusionPath(long leafIndex, long size) {
        if (leafIndex < 0 || leafIndex >= size) {
            throw new IllegalArgumentException("leaf " + leafIndex + " is not in a tree of size " + size);
        }
        var path = new ArrayList<LeafRange>();
        var range = new LeafRange(0, size);
        while (range.size() > 1) {
            var left = new LeafRange(range.start(), range.split());
            var right = new LeafRange(range.split(), range.end());
            boolean inLeft = leafIndex < range.split();
            path.add(inLeft ? right : left);
            range = inLeft ? left : right;
        }
        return path.reversed();
    }

    private static List<LeafRange> consistencyPath(long from, long to) {
        if (from < 1 || from > to) {
            throw new IllegalArgumentException("no consistency proof leads from size " + from + " to size " + to);
        }
        var path = new ArrayList<LeafRange>();
        var range = new LeafRange(0, to);
        while (range.end() != from) {
            var left = new LeafRange(range.start(), range.split());
            var right = new LeafRange(range.split(), range.end());
            boolean inLeft = from <= range.split();
            path.add(inLeft ? right : left);
            range = inLeft ? left : right;
        }
        // The old tree itself is left out where it is a complete subtree of the new one: the reader has its root
        // already.
        if (range.start() != 0) {
            path.add(range);
        }
        return path.reversed();
    }

    private static Set<Subtree> subtreesOf(List<LeafRange> ranges) {
        var subtrees = ordered();
        ranges.forEach(range -> subtrees.addAll(range.subtrees()));
        return subtrees;
    }

    private static List<byte[]> hashes(List<LeafRange> ranges, Map<Subtree, byte[]> stored) {
        return ranges.stream().map(range -> range.hash(stored)).toList();
    }

    private static Set<Subtree> ordered() {
        return new TreeSet<>(Comparator.comparingInt(Subtree::level).thenComparingLong(Subtree::index));
    }

    static byte[] required(Map<Subtree, byte[]> stored, Subtree subtree) {
        byte[] hash = stored.get(subtree);
        if (hash == null) {
            throw new IllegalStateException("the hash of " + subtree + " was not loaded");
        }
        return hash;
    }

    private static byte[] sha256(byte[]... parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}

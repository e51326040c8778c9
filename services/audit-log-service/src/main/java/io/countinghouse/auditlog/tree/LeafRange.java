package io.countinghouse.auditlog.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The leaves from {@code start} (inclusive) to {@code end} (exclusive), as RFC 6962 writes {@code D[start:end]}. Every range
 * that a root or a proof asks for starts at a multiple of the largest power of two within it, so it falls apart into
 * complete subtrees of strictly decreasing size.
 */
record LeafRange(long start, long end) {

    LeafRange {
        if (start < 0 || end <= start) {
            throw new IllegalArgumentException("no leaves from " + start + " to " + end);
        }
    }

    long size() {
        return end - start;
    }

    /** Where RFC 6962 splits this range: the largest power of two smaller than its size, counted from its start. */
    long split() {
        return start + Long.highestOneBit(size() - 1);
    }

    List<Subtree> subtrees() {
        var subtrees = new ArrayList<Subtree>();
        for (long leaf = start; leaf < end; ) {
            long leaves = Long.highestOneBit(end - leaf);
            int level = Long.numberOfTrailingZeros(leaves);
            subtrees.add(new Subtree(level, leaf >> level));
            leaf += leaves;
        }
        return subtrees;
    }

    byte[] hash(Map<Subtree, byte[]> stored) {
        byte[] hash = null;
        for (Subtree subtree : subtrees().reversed()) {
            byte[] left = MerkleTree.required(stored, subtree);
            hash = hash == null ? left : MerkleTree.nodeHash(left, hash);
        }
        return hash;
    }

    @Override
    public String toString() {
        return "D[" + start + ":" + end + "]";
    }
}

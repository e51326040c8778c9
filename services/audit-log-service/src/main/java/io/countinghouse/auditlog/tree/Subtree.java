package io.countinghouse.auditlog.tree;

/**
 * A complete subtree: the 2^level leaves from {@code index * 2^level} on. Its hash never changes once those leaves exist,
 * which is why hashes of complete subtrees can be stored and every other hash is computed from them.
 *
 * @param level 0 for a leaf, at most 62
 * @param index position among the subtrees of the same level, from 0
 */
public record Subtree(int level, long index) {

    public Subtree {
        if (level < 0 || level > 62 || index < 0) {
            throw new IllegalArgumentException("no subtree has level " + level + " and index " + index);
        }
    }

    Subtree sibling() {
        return new Subtree(level, index ^ 1);
    }

    Subtree parent() {
        return new Subtree(level + 1, index >> 1);
    }

    boolean isRightChild() {
        return (index & 1) == 1;
    }
}

/**
 * The Merkle tree of RFC 6962: what to hash, which stored subtrees a root or a proof is made of, and how a reader who
 * trusts nobody checks a proof. All of it is pure but {@code StoredTree}, which keeps the hashes of complete subtrees.
 */
package io.countinghouse.auditlog.tree;

/**
 * The record that nobody can alter: every entry is a leaf of one Merkle tree over all tenants, the tree's head is signed,
 * and anybody who kept an earlier head can prove that nothing before it was changed, removed or reordered. {@code tree} is
 * the mathematics and its stored hashes, {@code entry} appends and lists, {@code proof} signs and proves.
 */
package io.countinghouse.auditlog;

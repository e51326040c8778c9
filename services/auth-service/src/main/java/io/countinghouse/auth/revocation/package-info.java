/**
 * What is revoked before its time, as a feed that the seven services follow: sequence numbers are given out in the order
 * of commits, so that a reader that remembers the last one misses nothing.
 */
package io.countinghouse.auth.revocation;

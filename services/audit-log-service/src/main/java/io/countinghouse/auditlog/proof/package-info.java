/**
 * What makes the log verifiable from outside: the signing key, signed checkpoints in the format that witnesses of
 * transparency logs read (C2SP tlog-checkpoint, a signed note with Ed25519), and proofs that lead from an entry, or from an
 * earlier checkpoint, to a checkpoint.
 */
package io.countinghouse.auditlog.proof;

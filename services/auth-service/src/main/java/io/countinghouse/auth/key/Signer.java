package io.countinghouse.auth.key;

import io.smallrye.mutiny.Uni;

/** Signs with one key, RS256 (RFC 7518 section 3.3). */
interface Signer {

    /** Fails with a problem when the key cannot be reached. */
    Uni<byte[]> sign(byte[] input);
}

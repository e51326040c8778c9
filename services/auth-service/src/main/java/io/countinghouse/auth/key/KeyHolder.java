package io.countinghouse.auth.key;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;

/** Where the private halves of the keys are. */
interface KeyHolder {

    /** Whether it can sign with this key. */
    boolean holds(SigningKey key);

    /** A key that has never been published, in the state NEXT. */
    Uni<SigningKey> create(Instant now, List<SigningKey> known);

    Signer signer(SigningKey key);
}

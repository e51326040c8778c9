package io.countinghouse.defaults.problem;

import io.smallrye.mutiny.Uni;

/** Who writes down that a caller was refused what its rights do not allow (ASVS 5.0, 16.3.2). */
public interface Denials {

    /** Never fails: the caller is refused whether or not that could be recorded. */
    Uni<Void> record(String reason);
}

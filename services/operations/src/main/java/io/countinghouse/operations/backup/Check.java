package io.countinghouse.operations.backup;

import java.sql.SQLException;

/** Something that must be true of what was restored. */
record Check(String name, Verification verification) {

    /** Answers figures of what was compared; throws a {@link ViolationException} at the first thing that is not so. */
    @FunctionalInterface
    interface Verification {
        String verify() throws SQLException;
    }
}

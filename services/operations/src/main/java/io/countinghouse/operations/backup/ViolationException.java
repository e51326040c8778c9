package io.countinghouse.operations.backup;

import io.countinghouse.operations.OperationException;

/** Something that must be true of a backup is not. */
final class ViolationException extends OperationException {

    private static final long serialVersionUID = 1L;

    ViolationException(String message) {
        super(message);
    }
}

package io.countinghouse.operations;

/** Why an operation, the local stack or the demo cannot go on, in words for the person at the terminal. */
public class OperationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public OperationException(String message) {
        super(message);
    }

    public OperationException(String message, Throwable cause) {
        super(message, cause);
    }
}

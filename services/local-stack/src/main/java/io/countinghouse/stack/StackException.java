package io.countinghouse.stack;

/** Why the stack cannot start or the demo cannot go on, in words for the person at the terminal. */
public class StackException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StackException(String message) {
        super(message);
    }

    public StackException(String message, Throwable cause) {
        super(message, cause);
    }
}

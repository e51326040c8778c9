package io.countinghouse.operations;

/** Another try comes to the same: a person has to change something first. A Job ends at the exit code of this one. */
public final class RefusedException extends OperationException {

    private static final long serialVersionUID = 1L;

    /** Named by the chart's podFailurePolicy. */
    static final int EXIT_CODE = 3;

    public RefusedException(String message) {
        super(message);
    }
}

package io.countinghouse.defaults.problem;

import io.vertx.pgclient.PgException;
import java.sql.SQLException;

/** A failure as it may be written into a log: where it came from, and no value of the request that caused it. */
public final class Faults {

    private Faults() {}

    /**
     * The same chain of causes with the same traces. Messages stay only where this product wrote them or the JVM did; those of
     * libraries quote what they were given.
     */
    public static Throwable withoutValues(Throwable failure) {
        if (failure == null) {
            return null;
        }
        Throwable cause = failure.getCause() == failure ? null : failure.getCause();
        Throwable shown = new Fault(describe(failure), cause == null ? null : withoutValues(cause));
        shown.setStackTrace(failure.getStackTrace());
        return shown;
    }

    static String describe(Throwable failure) {
        String type = failure.getClass().getName();
        if (failure instanceof SQLException wrapped) {
            return type + ": SQLSTATE " + wrapped.getSQLState();
        }
        if (failure instanceof PgException database) {
            return type + ": SQLSTATE " + database.getSqlState() + ", table " + database.getTable() + ", constraint "
                    + database.getConstraint();
        }
        return failure instanceof NullPointerException || isOurs(failure) ? type + ": " + failure.getMessage() : type;
    }

    private static boolean isOurs(Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        return trace.length > 0 && trace[0].getClassName().startsWith("io.countinghouse.");
    }

    private static final class Fault extends Throwable {
        private static final long serialVersionUID = 1L;

        Fault(String message, Throwable cause) {
            super(message, cause, false, true);
        }

        @Override
        public String toString() {
            return getMessage();
        }
    }
}

package io.countinghouse.defaults.problem;

import io.smallrye.mutiny.CompositeException;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** A failure as it may be written into a log: where it came from, and no value of the request that caused it. */
public final class Faults {

    /**
     * The connection broke (class 08), the password of before a rotation (28), too many connections (53), the server stops or
     * starts (57P), it is a standby (25006), or two transactions stood in each other's way (class 40, 55P03).
     */
    private static final List<String> TURNED_AWAY = List.of("08", "28", "53", "57P", "25006", "40", "55P03");

    /** How the JDK's channels say it, without a type of its own. */
    private static final Set<String> BROKEN = Set.of("Connection reset by peer", "Connection reset", "Broken pipe");

    private Faults() {}

    /**
     * The same chain of causes with the same traces. Messages stay only where this product wrote them or the JVM did; those of
     * libraries quote what they were given.
     */
    public static Throwable withoutValues(Throwable failure) {
        if (failure == null) {
            return null;
        }
        Throwable cause = causeOf(failure);
        Throwable shown = new Fault(describe(failure), cause == null ? null : withoutValues(cause));
        shown.setStackTrace(failure.getStackTrace());
        return shown;
    }

    /** Whether a failure says, somewhere in its causes, that something is away which this service stands on. */
    public static boolean isAbsence(Throwable failure) {
        for (Throwable cause : chain(failure)) {
            if (isAway(cause) || cause instanceof ProblemException problem && problem.status() == 503) {
                return true;
            }
        }
        return false;
    }

    /** The types of the chain, with what PostgreSQL said by its code: enough about an absence, and no value of anybody. */
    public static String line(Throwable failure) {
        StringBuilder line = new StringBuilder();
        for (Throwable cause : chain(failure)) {
            String state = cause instanceof ProblemException problem ? problem.slug() : sqlState(cause);
            line.append(line.isEmpty() ? "" : ", by ")
                    .append(cause.getClass().getSimpleName())
                    .append(state.isEmpty() ? "" : " " + state);
        }
        return line.toString();
    }

    /** The failure and its causes, also those beside the first one: when a transaction fails, its end may fail, too. */
    static Collection<Throwable> chain(Throwable failure) {
        Set<Throwable> chain = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Throwable> inOrder = new ArrayList<>();
        collect(failure, chain, inOrder);
        return inOrder;
    }

    private static void collect(Throwable failure, Set<Throwable> known, List<Throwable> inOrder) {
        if (failure == null || !known.add(failure)) {
            return;
        }
        inOrder.add(failure);
        if (failure instanceof CompositeException several) {
            several.getCauses().forEach(cause -> collect(cause, known, inOrder));
        }
        collect(failure.getCause(), known, inOrder);
    }

    private static Throwable causeOf(Throwable failure) {
        return failure.getCause() == failure ? null : failure.getCause();
    }

    /** What this service stands on does not answer, or not any more: the database, or another service. */
    static boolean isAway(Throwable cause) {
        return isBroken(cause)
                || cause instanceof TimeoutException
                || cause instanceof ClosedConnectionException
                || cause instanceof VertxException
                || isWithoutConnection(cause)
                || isTurnedAway(cause);
    }

    /** A connection, not just any input: JSON that cannot be written and a file that is not there are faults of this service. */
    private static boolean isBroken(Throwable cause) {
        return cause instanceof SocketException
                || cause instanceof SocketTimeoutException
                || cause instanceof UnknownHostException
                || cause instanceof ClosedChannelException
                || cause instanceof SSLException
                || cause.getClass() == IOException.class && BROKEN.contains(String.valueOf(cause.getMessage()));
    }

    /** The database lets nobody in, or lets nobody write, just now. */
    static boolean isTurnedAway(Throwable cause) {
        String state = sqlState(cause);
        return TURNED_AWAY.stream().anyMatch(state::startsWith);
    }

    static String sqlState(Throwable cause) {
        String state = cause instanceof PgException database
                ? database.getSqlState()
                : cause instanceof SQLException wrapped ? wrapped.getSQLState() : null;
        return state == null ? "" : state;
    }

    private static boolean isWithoutConnection(Throwable cause) {
        String message = cause.getMessage();
        return message != null
                && (message.startsWith("Connection is not active now")
                        || message.contains("max wait queue size")
                        || message.contains("Timeout waiting for connection")
                        || message.startsWith("Timeout"));
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

package io.countinghouse.defaults.log;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/**
 * Leaves out what Vert.x' pool says of a request for a connection that failed before its time was over: the timer, which is
 * not stopped then, finds it answered (SqlConnectionPool.execute of vertx-sql-client 4.5). Nobody waits for it any more.
 */
@LoggingFilter(name = "without-late-timers")
public final class WithoutLateTimers implements Filter {

    @Override
    public boolean isLoggable(LogRecord record) {
        return !(record.getThrown() instanceof IllegalStateException late
                && "Result is already complete".equals(late.getMessage())
                && isOfPool(late));
    }

    private static boolean isOfPool(Throwable late) {
        for (StackTraceElement frame : late.getStackTrace()) {
            if (frame.getClassName().endsWith(".SqlConnectionPool")) {
                return true;
            }
        }
        return false;
    }
}

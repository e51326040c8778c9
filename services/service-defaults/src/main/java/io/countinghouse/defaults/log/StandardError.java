package io.countinghouse.defaults.log;

import io.countinghouse.defaults.problem.Faults;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.OutputStream;
import java.io.PrintStream;
import org.jboss.logging.Logger;

/**
 * A log is JSON, one object a line; the PostgreSQL client prints the failure of a connection to standard error instead, with
 * its trace. Such a failure becomes one line of the log here, without a value that its message may quote.
 */
@Singleton
final class StandardError {

    void replace(@Observes @Priority(1) StartupEvent event) {
        System.setErr(new Lines(Logger.getLogger(StandardError.class)));
    }

    /** The console handler of the log writes to standard output, so nothing comes back here. */
    static final class Lines extends PrintStream {

        private final Logger log;

        Lines(Logger log) {
            super(OutputStream.nullOutputStream());
            this.log = log;
        }

        /** A throwable prints itself as an object first, its trace as objects that are texts. */
        @Override
        public void println(Object printed) {
            if (printed instanceof Throwable failure) {
                tell(failure);
            } else {
                println(String.valueOf(printed));
            }
        }

        /** What is away needs no trace; anything else that reached the end of a thread is looked for by one. */
        private void tell(Throwable failure) {
            if (Faults.isAbsence(failure)) {
                log.warnf("printed to standard error: %s", Faults.line(failure));
            } else {
                log.error("printed to standard error", Faults.withoutValues(failure));
            }
        }

        @Override
        public void println(String line) {
            boolean isOfTrace = line == null || line.startsWith("\t") || line.startsWith("Caused by: ");
            if (!isOfTrace) {
                log.warnf("printed to standard error: %s", line);
            }
        }
    }
}

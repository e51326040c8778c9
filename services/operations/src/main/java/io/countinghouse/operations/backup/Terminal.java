package io.countinghouse.operations.backup;

import java.io.PrintStream;
import java.util.Locale;

/** Lines of result, and between them how far a long step has come: rewritten on a terminal, every 5 s in a log. */
final class Terminal {

    private static final long ON_TERMINAL_MS = 200;
    private static final long IN_LOG_MS = 5_000;

    private final PrintStream out;
    private final boolean rewrites;
    private long shownAt = System.nanoTime();
    private boolean open;

    Terminal(PrintStream out, boolean rewrites) {
        this.out = out;
        this.rewrites = rewrites;
    }

    static Terminal standard() {
        return new Terminal(
                System.out, System.console() != null && System.console().isTerminal());
    }

    void line(String format, Object... values) {
        clear();
        out.printf(Locale.ROOT, format + "%n", values);
        out.flush();
    }

    void progress(String format, Object... values) {
        long now = System.nanoTime();
        if ((now - shownAt) / 1_000_000 < (rewrites ? ON_TERMINAL_MS : IN_LOG_MS)) {
            return;
        }
        shownAt = now;
        if (rewrites) {
            out.print("\r\033[K  " + String.format(Locale.ROOT, format, values));
            open = true;
        } else {
            out.printf(Locale.ROOT, "  " + format + "%n", values);
        }
        out.flush();
    }

    private void clear() {
        if (open) {
            out.print("\r\033[K");
            open = false;
        }
    }

    static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6);
    }

    static double seconds(long fromNanos, long toNanos) {
        return (toNanos - fromNanos) / 1e9;
    }
}

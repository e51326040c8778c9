package io.countinghouse.operations.readiness;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** What is being measured, while one waits: rewritten on a terminal, in a log a line for each step, and for what takes long. */
final class Progress {

    /** A log gets no more lines than this, unless something else is done. */
    private static final Duration IN_LOG = Duration.ofSeconds(5);

    private final PrintStream out;
    private final boolean rewrites;
    private final long begun = System.nanoTime();
    private String shown = "";
    private long shownAt;

    Progress(PrintStream out, boolean rewrites) {
        this.out = out;
        this.rewrites = rewrites;
    }

    /** @param step its name: a new one is shown in a log at once */
    void step(String step, String what) {
        String seconds = String.format(Locale.ROOT, "%4d s", (System.nanoTime() - begun) / 1_000_000_000);
        if (rewrites) {
            out.print("\r\033[K" + seconds + "  " + what);
        } else if (!shown.equals(step) || System.nanoTime() - shownAt > IN_LOG.toNanos()) {
            shownAt = System.nanoTime();
            out.println(seconds + "  " + what);
        }
        out.flush();
        shown = step;
    }

    void done() {
        if (rewrites) {
            out.print("\r\033[K");
            out.flush();
        }
    }
}

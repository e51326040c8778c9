package io.countinghouse.operations.readiness;

import java.io.PrintStream;
import java.util.Locale;

/** What is being measured, while one waits: rewritten on a terminal, a line for each step in a log. */
final class Progress {

    private final PrintStream out;
    private final boolean rewrites;
    private final long begun = System.nanoTime();
    private String shown = "";

    Progress(PrintStream out, boolean rewrites) {
        this.out = out;
        this.rewrites = rewrites;
    }

    /** @param step its name; in a log only a new name makes a line */
    void step(String step, String what) {
        String seconds = String.format(Locale.ROOT, "%4d s", (System.nanoTime() - begun) / 1_000_000_000);
        if (rewrites) {
            out.print("\r\033[K" + seconds + "  " + what);
        } else if (!shown.equals(step)) {
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

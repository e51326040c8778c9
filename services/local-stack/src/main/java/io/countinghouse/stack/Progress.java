package io.countinghouse.stack;

import io.countinghouse.operations.OperationException;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;

/** What a person sees while waiting: the step, a dot a second, and how long it took. */
public final class Progress {

    private static final long TICK_MILLIS = 200;

    private final PrintStream out;
    private long begun;
    private int ticks;

    public Progress(PrintStream out) {
        this.out = out;
    }

    void step(String what) {
        begun = System.nanoTime();
        ticks = 0;
        out.printf("  %-48s ", what);
        out.flush();
    }

    /** Waits a moment and shows that the wait goes on. */
    void tick() {
        try {
            TimeUnit.MILLISECONDS.sleep(TICK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationException("interrupted", e);
        }
        if (++ticks % 5 == 0) {
            out.print('.');
            out.flush();
        }
    }

    void done() {
        out.printf(" %.1f s%n", (System.nanoTime() - begun) / 1e9);
        out.flush();
    }
}

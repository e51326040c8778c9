package io.countinghouse.stack;

import io.countinghouse.operations.OperationException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Starts a process again that died: at once, and later and later one that dies again and again. */
final class Supervisor implements AutoCloseable {

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** One that worked for so long did not die of its start. */
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

    /** When something was started again last, how often in a row, and when it may be the next time. */
    private record Restarts(long at, int inARow, long notBefore) {}

    private final Postgres postgres;
    private final List<ServiceProcess> services;
    private final Consumer<String> line;
    private final Map<String, Restarts> restarts = new HashMap<>();
    private final Thread thread;
    private volatile boolean watching = true;

    Supervisor(Postgres postgres, List<ServiceProcess> services, Consumer<String> line) {
        this.postgres = postgres;
        this.services = services;
        this.line = line;
        thread = Thread.ofPlatform().daemon().name("supervisor").start(this::watch);
    }

    private void watch() {
        while (watching) {
            if (!postgres.isAlive()) {
                restart("PostgreSQL", postgres::restart);
            }
            for (ServiceProcess service : services) {
                if (!service.isAlive()) {
                    restart(service.name().id(), service::start);
                }
            }
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void restart(String name, Runnable start) {
        long now = System.nanoTime();
        Restarts before = restarts.get(name);
        if (before != null && now < before.notBefore()) {
            return;
        }
        int inARow = before == null || now - before.at() > LONG_ENOUGH.toNanos() ? 1 : before.inARow() + 1;
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(inARow - 1, 8));
        long wait = Math.min(pause.toNanos(), LONGEST_PAUSE.toNanos());
        String time = LocalTime.now().truncatedTo(ChronoUnit.SECONDS).toString();
        try {
            start.run();
            line.accept(time + "  " + name + " had ended; started again");
        } catch (OperationException e) {
            line.accept(time + "  " + name + " had ended and does not start again: " + e.getMessage());
        }
        restarts.put(name, new Restarts(now, inARow, System.nanoTime() + wait));
    }

    /** Returns when nothing is started any more. */
    @Override
    public void close() {
        watching = false;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

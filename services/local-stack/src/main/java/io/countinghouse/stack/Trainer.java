package io.countinghouse.stack;

import io.countinghouse.operations.ServiceName;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Makes the caches that are missing, one after the other, while the stack works. */
final class Trainer implements AutoCloseable {

    private final List<AotCache> missing;
    private final Function<ServiceName, Map<String, String>> environments;
    private final Runnable whenDone;
    private final Thread thread;
    private volatile boolean stopped;

    /** @param whenDone runs when all are there, and not at all when one could not be made */
    Trainer(List<AotCache> missing, Function<ServiceName, Map<String, String>> environments, Runnable whenDone) {
        this.missing = missing;
        this.environments = environments;
        this.whenDone = whenDone;
        thread = Thread.ofPlatform().daemon().name("trainer").start(this::train);
    }

    private void train() {
        boolean complete = true;
        for (AotCache cache : missing) {
            if (stopped) {
                return;
            }
            complete &= cache.train(environments.apply(cache.service()));
        }
        if (complete && !stopped) {
            whenDone.run();
        }
    }

    @Override
    public void close() {
        stopped = true;
        missing.forEach(AotCache::stop);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

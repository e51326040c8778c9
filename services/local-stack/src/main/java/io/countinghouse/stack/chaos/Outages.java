package io.countinghouse.stack.chaos;

import io.countinghouse.operations.ServiceName;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** When each service was dead: then, and only then, the origin may say that it reaches nobody. */
final class Outages {

    private record Outage(long from, long to) {}

    private final Map<ServiceName, List<Outage>> outages = new EnumMap<>(ServiceName.class);

    synchronized void begin(ServiceName service) {
        List<Outage> all = outages.computeIfAbsent(service, _ -> new ArrayList<>());
        if (all.isEmpty() || all.getLast().to() != Long.MAX_VALUE) {
            all.add(new Outage(System.nanoTime(), Long.MAX_VALUE));
        }
    }

    /** A request that began at that moment was answered by the service itself: a kill of before is over. */
    synchronized void end(ServiceName service, long begun) {
        List<Outage> all = outages.getOrDefault(service, List.of());
        if (!all.isEmpty()
                && all.getLast().to() == Long.MAX_VALUE
                && all.getLast().from() < begun) {
            all.set(all.size() - 1, new Outage(all.getLast().from(), System.nanoTime()));
        }
    }

    synchronized boolean touch(ServiceName service, long from, long to) {
        return outages.getOrDefault(service, List.of()).stream()
                .anyMatch(outage -> outage.from() <= to && from <= outage.to());
    }
}

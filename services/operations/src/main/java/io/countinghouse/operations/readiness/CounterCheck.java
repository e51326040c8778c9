package io.countinghouse.operations.readiness;

import io.countinghouse.operations.OperationException;
import io.countinghouse.operations.ServiceName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Every required counter is there, and higher after this run's work than before it. */
final class CounterCheck {

    static final Map<ServiceName, List<String>> REQUIRED = Map.of(
            ServiceName.AUTH, List.of("logins", "logouts", "tokens_issued", "tokens_revoked"),
            ServiceName.USAGE, List.of("requests", "metrics_fetched", "audit_events"),
            ServiceName.BILLING, List.of("requests", "upgrades", "alerts"),
            ServiceName.INVOICE, List.of("requests", "generated", "paid"),
            ServiceName.NOTIFICATION, List.of("requests", "sent", "delivered"),
            ServiceName.AUDIT_LOG, List.of("requests", "events", "errors"),
            ServiceName.AI_MODELING, List.of("requests", "generations", "feedback"));

    /** Events between the services arrive within a second; more on a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Site site;
    private final Http http;
    private final Map<ServiceName, Map<String, Double>> before = new LinkedHashMap<>();

    CounterCheck(Site site, Http http) {
        this.site = site;
        this.http = http;
    }

    void begin() {
        for (ServiceName service : ServiceName.values()) {
            before.put(service, read(service));
        }
    }

    /** Something that audit-log-service counts as an error: an entry that is none, by the operator. */
    void provokeAuditError(People people) {
        http.post(
                site.processes(ServiceName.AUDIT_LOG).getFirst().api() + "/v1/audit-logs",
                people.operatorToken(),
                Http.JSON.createObjectNode().put("service", "nobody"));
    }

    /** @param unexercised why the main job was not driven, or how far it came; empty when it was */
    Finding of(ServiceName service, Optional<String> unexercised) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Map<String, Double> after = read(service);
        while (mayMove(service, after) && unexercised.isEmpty() && System.nanoTime() < deadline) {
            pause();
            after = read(service);
        }
        if (after.isEmpty()) {
            return Finding.notMeasured(Line.COUNTERS, service, "/metrics gives nothing");
        }
        List<String> problems = new ArrayList<>();
        for (String counter : REQUIRED.get(service)) {
            if (!after.containsKey(name(service, counter))) {
                problems.add("there is no " + name(service, counter));
            }
        }
        Double uptime = after.get(Metrics.prefix(service) + "_uptime_seconds");
        if (uptime == null || uptime <= 0) {
            problems.add("there is no " + Metrics.prefix(service) + "_uptime_seconds");
        }
        List<String> still = unmoved(service, after);
        if (problems.isEmpty() && !still.isEmpty() && unexercised.isPresent()) {
            return Finding.notMeasured(
                    Line.COUNTERS, service, String.join(", ", still) + " did not move: " + unexercised.get());
        }
        still.stream()
                .filter(name -> problems.stream().noneMatch(problem -> problem.endsWith(" " + name)))
                .forEach(name -> problems.add(name + " did not move"));
        return Finding.of(
                Line.COUNTERS, service, String.join(", ", REQUIRED.get(service)) + " moved; uptime is there", problems);
    }

    /** A counter that is not there will not move. */
    private boolean mayMove(ServiceName service, Map<String, Double> after) {
        return unmoved(service, after).stream().anyMatch(after::containsKey);
    }

    private List<String> unmoved(ServiceName service, Map<String, Double> after) {
        Map<String, Double> then = before.getOrDefault(service, Map.of());
        return REQUIRED.get(service).stream()
                .map(counter -> name(service, counter))
                .filter(name -> after.getOrDefault(name, 0.0) <= then.getOrDefault(name, 0.0))
                .toList();
    }

    private static String name(ServiceName service, String counter) {
        return Metrics.prefix(service) + "_" + counter + "_total";
    }

    /** Summed over processes and labels. */
    private Map<String, Double> read(ServiceName service) {
        Map<String, Double> sums = new LinkedHashMap<>();
        List<String> names = new ArrayList<>(REQUIRED.get(service).stream()
                .map(counter -> name(service, counter))
                .toList());
        names.add(Metrics.prefix(service) + "_uptime_seconds");
        for (Site.Process process : site.processes(service)) {
            Http.Answer answer = http.get(process.management() + "/metrics");
            if (answer.isOk()) {
                Metrics metrics = Metrics.parse(answer.text());
                for (String name : names) {
                    metrics.all(name).forEach(sample -> sums.merge(name, sample.value(), Double::sum));
                }
            }
        }
        return sums;
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationException("interrupted", e);
        }
    }
}

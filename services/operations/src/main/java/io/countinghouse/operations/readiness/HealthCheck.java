package io.countinghouse.operations.readiness;

import com.fasterxml.jackson.databind.JsonNode;
import io.countinghouse.operations.ServiceName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** That /health says what it must, and how fast. */
final class HealthCheck {

    /** One in a hundred is then one request, and a round takes less than a second. */
    private static final int REQUESTS = 100;

    /** The machine that measures may be busy itself for a moment: a limit that is kept in one round is kept. */
    private static final int ROUNDS = 3;

    private final Site site;
    private final Http http;
    private final Limits limits;

    HealthCheck(Site site, Http http, Limits limits) {
        this.site = site;
        this.http = http;
        this.limits = limits;
    }

    Finding of(ServiceName service) {
        List<String> problems = new ArrayList<>();
        List<String> figures = new ArrayList<>();
        for (Site.Process process : site.processes(service)) {
            String url = process.management() + "/health";
            Http.Answer answer = http.get(url);
            if (!answer.isOk()) {
                problems.add("/health " + answer.failure());
                continue;
            }
            problems.addAll(missing(answer.json()));
            String speed = "";
            boolean fast = false;
            for (int round = 0; round < ROUNDS && !fast; round++) {
                long[] micros = measure(url, limits.healthMillis() * 1000);
                speed = String.format(
                        Locale.ROOT,
                        "p50 %.1f ms, p99 %.1f ms of %d requests",
                        percentile(micros, 50) / 1000.0,
                        percentile(micros, 99) / 1000.0,
                        micros.length);
                fast = percentile(micros, 99) < limits.healthMillis() * 1000;
            }
            figures.add(speed);
            if (!fast) {
                problems.add(
                        "/health is slower than " + limits.healthMillis() + " ms in " + ROUNDS + " rounds: " + speed);
            }
        }
        return Finding.of(Line.HEALTH, service, "UP, " + String.join("; ", figures), problems);
    }

    private static List<String> missing(JsonNode health) {
        List<String> problems = new ArrayList<>();
        if (!health.path("status").asText().equals("UP")) {
            problems.add("/health says status '" + health.path("status").asText() + "'");
        }
        JsonNode data = health.at("/checks/0/data");
        for (String field : List.of("database", "uptime_seconds", "version", "environment")) {
            if (data.path(field).asText().isEmpty()) {
                problems.add("/health does not tell " + field);
            }
        }
        return problems;
    }

    /** Ends when the 99th percentile cannot be kept any more: two of a hundred were too slow. */
    private long[] measure(String url, long limit) {
        long[] micros = new long[REQUESTS];
        int asked = 0;
        for (int slow = 0; asked < REQUESTS && slow <= REQUESTS / 100; asked++) {
            Http.Answer answer = http.get(url);
            micros[asked] = answer.isOk() ? answer.nanos() / 1000 : Long.MAX_VALUE;
            slow += micros[asked] < limit ? 0 : 1;
        }
        long[] measured = Arrays.copyOf(micros, asked);
        Arrays.sort(measured);
        return measured;
    }

    /** Nearest rank. */
    static long percentile(long[] sorted, int percent) {
        return sorted[(int) Math.ceil(sorted.length * percent / 100.0) - 1];
    }
}

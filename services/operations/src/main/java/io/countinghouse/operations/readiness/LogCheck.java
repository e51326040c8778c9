package io.countinghouse.operations.readiness;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.countinghouse.operations.OperationException;
import io.countinghouse.operations.ServiceName;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** That the log of a service is JSON lines, that a request is found in it, and that no secret is. */
final class LogCheck {

    static final Set<Line> LINES = Set.of(Line.LOGS, Line.CORRELATION, Line.SECRETS_IN_LOGS);

    /** What the JVM says of JAVA_TOOL_OPTIONS before there is a logger, and cannot be told not to. */
    private static final String OF_THE_JVM = "Picked up JAVA_TOOL_OPTIONS: ";

    /** Fields without which a line says neither when, how bad, who nor what. */
    private static final List<String> FIELDS = List.of("timestamp", "level", "service", "message");

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Site site;
    private final Http http;
    private final People people;

    LogCheck(Site site, Http http, People people) {
        this.site = site;
        this.http = http;
        this.people = people;
    }

    List<Finding> of(ServiceName service, Set<Line> lines) {
        List<Finding> findings = new ArrayList<>();
        try {
            // First, so that the line it makes is among those that are read.
            if (lines.contains(Line.CORRELATION)) {
                findings.add(correlation(service));
            }
            List<String> log = site.log(service);
            if (lines.contains(Line.LOGS)) {
                findings.add(json(service, log));
            }
            if (lines.contains(Line.SECRETS_IN_LOGS)) {
                findings.add(secrets(service, log));
            }
        } catch (IOException e) {
            LINES.stream()
                    .filter(lines::contains)
                    .filter(line -> findings.stream().noneMatch(finding -> finding.line() == line))
                    .forEach(line -> findings.add(
                            Finding.notMeasured(line, service, "the log cannot be read: " + e.getMessage())));
        }
        return findings;
    }

    /** A request that is refused leaves a line: by its correlation id it must be found. */
    private Finding correlation(ServiceName service) throws IOException {
        String id = "readiness-" + people.run() + "-" + service.id();
        Http.Answer answer = http.send(
                "GET",
                site.processes(service).getFirst().api() + service.paths().getFirst() + "/readiness/none",
                null,
                Map.of("X-Correlation-Id", id),
                null);
        if (answer.status() == 0 || answer.status() >= 500) {
            return Finding.notMeasured(Line.CORRELATION, service, "a request got " + answer.failure());
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        do {
            for (String line : site.log(service).reversed()) {
                if (line.contains(id)) {
                    return parse(line).at("/mdc/correlation_id").asText().equals(id)
                            ? Finding.ok(Line.CORRELATION, service, "a request was found by its X-Correlation-Id")
                            : Finding.failed(
                                    Line.CORRELATION, service, "the id is in a line, but not as mdc.correlation_id");
                }
            }
            pause();
        } while (System.nanoTime() < deadline);
        return Finding.failed(Line.CORRELATION, service, "no line has the X-Correlation-Id of a request: " + id);
    }

    private static Finding json(ServiceName service, List<String> log) {
        if (log.isEmpty()) {
            return Finding.notMeasured(Line.LOGS, service, "the log is empty");
        }
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < log.size(); i++) {
            if (log.get(i).startsWith(OF_THE_JVM)) {
                continue;
            }
            JsonNode parsed = parse(log.get(i));
            if (!parsed.isObject()) {
                problems.add("line " + (i + 1) + " is no JSON object: " + shortened(log.get(i)));
            } else {
                int number = i + 1;
                FIELDS.stream()
                        .filter(field -> parsed.path(field).isMissingNode())
                        .forEach(field -> problems.add("line " + number + " has no " + field));
            }
        }
        long ofTheJvm = log.stream().filter(line -> line.startsWith(OF_THE_JVM)).count();
        return Finding.of(Line.LOGS, service, log.size() - ofTheJvm + " lines, each a JSON object", problems);
    }

    private Finding secrets(ServiceName service, List<String> log) {
        if (log.isEmpty()) {
            return Finding.notMeasured(Line.SECRETS_IN_LOGS, service, "the log is empty");
        }
        Leaks leaks = new Leaks(site.secrets(service), people.secrets());
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < log.size(); i++) {
            int number = i + 1;
            leaks.in(log.get(i)).forEach(what -> problems.add("line " + number + " holds " + what));
        }
        return Finding.of(
                Line.SECRETS_IN_LOGS,
                service,
                "none of " + leaks.size() + " values, no token and no private key in " + log.size() + " lines",
                problems);
    }

    private static JsonNode parse(String line) {
        try {
            return Http.JSON.readTree(line);
        } catch (JsonProcessingException e) {
            return Http.JSON.missingNode();
        }
    }

    /** Enough to find the line; what may follow is nobody's business. */
    private static String shortened(String line) {
        return line.substring(0, Math.min(line.length(), 40));
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

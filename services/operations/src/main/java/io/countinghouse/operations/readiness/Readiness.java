package io.countinghouse.operations.readiness;

import io.countinghouse.operations.OperationException;
import io.countinghouse.operations.ServiceName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Measures the lines asked for, in an order that wastes no waiting. */
final class Readiness {

    private static final Set<Line> PLATFORM = Set.of(
            Line.REPLICAS, Line.PROBES, Line.RESOURCES, Line.POD_SECURITY, Line.NETWORK_POLICY, Line.DISRUPTION_BUDGET);

    private static final Set<Line> NEED_PEOPLE = Set.of(
            Line.LOGIN, Line.REFRESH, Line.ROLES, Line.SESSIONS, Line.OPERATIONS, Line.COUNTERS, Line.SECRETS_IN_LOGS);

    private final Site site;
    private final Http http;
    private final Limits limits;
    private final Set<Line> lines;
    private final List<ServiceName> services;
    private final boolean exercises;
    private final Progress progress;
    private final List<Finding> findings = new ArrayList<>();
    private final People people;

    /** @param exercises whether the main job may be driven, which leaves two tenants and a paid invoice */
    Readiness(
            Site site,
            Limits limits,
            Set<Line> lines,
            List<ServiceName> services,
            boolean exercises,
            Progress progress) {
        this.site = site;
        this.limits = limits;
        this.lines = lines;
        this.services = services;
        this.exercises = exercises;
        this.progress = progress;
        this.http = new Http(site.trust());
        this.people = new People(site, http);
    }

    /** In the order of {@link Line}, services in theirs. */
    List<Finding> measure() {
        HealthCheck health = new HealthCheck(site, http, limits);
        forEachService(Set.of(Line.HEALTH), "/health", (service, _) -> List.of(health.of(service)));
        CounterCheck counters = new CounterCheck(site, http);
        SessionCheck sessions = new SessionCheck(site, http, people);
        counters.begin();
        if (lines.stream().anyMatch(NEED_PEOPLE::contains)) {
            progress.step("people", "a throw-away tenant signs up");
            people.arrive();
        }
        if (lines.contains(Line.REFRESH)) {
            sessions.beginRefresh();
        }
        once(Line.LOGIN, "login", sessions::login);
        once(Line.ROLES, "roles", sessions::roles);
        once(Line.SESSIONS, "sessions", sessions::sessions);
        DatabaseCheck databases = new DatabaseCheck(site, http, limits);
        forEachService(DatabaseCheck.LINES, "database", databases::of);
        Optional<String> unexercised = lines.contains(Line.COUNTERS) ? exercise(counters) : Optional.empty();
        OperationCheck operations = new OperationCheck(site, http, people);
        forEachService(Set.of(Line.OPERATIONS), "operations", (service, _) -> List.of(operations.of(service)));
        forEachService(Set.of(Line.COUNTERS), "counters", (service, _) -> List.of(counters.of(service, unexercised)));
        SecretCheck secrets = new SecretCheck(site, http, limits);
        forEachService(
                Set.of(Line.SECRETS_IN_CONFIGURATION),
                "configuration",
                (service, _) -> List.of(secrets.configuration(service)));
        forEachService(Set.of(Line.SECRET_AGE), "secrets", (service, _) -> List.of(secrets.age(service)));
        forEachService(PLATFORM, "pods and policies", site::platform);
        RecoveryCheck recovery = new RecoveryCheck(site, limits);
        once(Line.BACKUP, "backups", recovery::backup);
        once(Line.RESTORE_DRILL, "backups", recovery::restoreDrill);
        once(Line.REFRESH, "refresh", () -> sessions.refresh(progress));
        // Last: the logs then hold what all of this left in them.
        LogCheck logs = new LogCheck(site, http, people);
        forEachService(LogCheck.LINES, "log", logs::of);
        progress.done();
        findings.sort(Comparator.comparing(Finding::line)
                .thenComparing(finding ->
                        finding.service() == null ? -1 : finding.service().ordinal()));
        return findings;
    }

    private Optional<String> exercise(CounterCheck counters) {
        counters.provokeAuditError(people);
        if (!exercises) {
            return Optional.of(
                    "the main job was not driven; --exercise does, and leaves two tenants and a paid invoice");
        }
        List<String> away = new ArrayList<>();
        for (ServiceName service : ServiceName.values()) {
            for (Site.Process process : site.processes(service)) {
                if (!http.get(process.management() + "/health/ready").isOk()) {
                    away.add(service.id());
                }
            }
        }
        if (!away.isEmpty()) {
            return Optional.of("the main job needs all seven, not ready: " + String.join(", ", away));
        }
        try {
            new Exercise(site, people, progress).run();
            return Optional.empty();
        } catch (OperationException e) {
            return Optional.of("the main job stopped: " + e.getMessage());
        } catch (IOException e) {
            return Optional.of("the main job needs a temporary file: " + e.getMessage());
        }
    }

    @FunctionalInterface
    private interface Measurement {
        List<Finding> of(ServiceName service, Set<Line> lines);
    }

    private void forEachService(Set<Line> of, String what, Measurement measurement) {
        Set<Line> wanted = new TreeSet<>(of);
        wanted.retainAll(lines);
        if (wanted.isEmpty()) {
            return;
        }
        for (ServiceName service : services) {
            progress.step(what, what + " of " + service.id());
            findings.addAll(measurement.of(service, wanted));
        }
    }

    private void once(Line line, String what, Supplier<Finding> measurement) {
        if (lines.contains(line)) {
            progress.step(what, what);
            findings.add(measurement.get());
        }
    }
}

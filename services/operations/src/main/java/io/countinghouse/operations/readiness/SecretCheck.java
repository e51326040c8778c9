package io.countinghouse.operations.readiness;

import io.countinghouse.operations.ServiceName;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** That secrets are nowhere but where they are kept, where that is, and how old they are. */
final class SecretCheck {

    static final Set<Line> LINES = Set.of(Line.SECRETS_IN_CONFIGURATION, Line.SECRET_AGE);

    private final Site site;
    private final Http http;
    private final Limits limits;

    SecretCheck(Site site, Http http, Limits limits) {
        this.site = site;
        this.http = http;
        this.limits = limits;
    }

    Finding configuration(ServiceName service) {
        try {
            Leaks leaks = new Leaks(site.secrets(service), List.of());
            List<String> problems = new ArrayList<>(site.unprotectedSecrets(service));
            List<Site.Readable> texts = new ArrayList<>(site.readable(service));
            Site.Process process = site.processes(service).getFirst();
            for (String url : List.of(
                    process.management() + "/health", process.management() + "/metrics", process.api() + "/openapi")) {
                Http.Answer answer = http.get(url);
                if (answer.isOk()) {
                    texts.add(new Site.Readable(url.substring(url.lastIndexOf('/')), answer.text()));
                }
            }
            for (Site.Readable text : texts) {
                List<String> found = text.own() ? leaks.in(text.text()) : leaks.valuesIn(text.text());
                found.forEach(what -> problems.add(text.where() + " holds " + what));
            }
            return Finding.of(
                    Line.SECRETS_IN_CONFIGURATION,
                    service,
                    "none of " + leaks.size() + " values in " + texts.size() + " texts that others read",
                    problems);
        } catch (IOException e) {
            return Finding.notMeasured(Line.SECRETS_IN_CONFIGURATION, service, e.getMessage());
        }
    }

    /** What the service itself publishes of a secret's age goes before what the site knows of where it is kept. */
    Finding age(ServiceName service) {
        Map<String, Site.SecretOrigin> origins = new LinkedHashMap<>();
        site.secretOrigins(service).forEach(origin -> origins.put(origin.name(), origin));
        Http.Answer answer = http.get(site.processes(service).getFirst().management() + "/metrics");
        if (answer.isOk()) {
            String name = Metrics.prefix(service) + "_secret_age_seconds";
            for (Metrics.Sample sample : Metrics.parse(answer.text()).all(name)) {
                Instant since = limits.clock().instant().minusMillis((long) (sample.value() * 1000));
                origins.put(
                        sample.label("secret"),
                        new Site.SecretOrigin(sample.label("secret"), sample.label("source"), Optional.of(since)));
            }
        }
        List<String> problems = new ArrayList<>();
        List<String> particulars = new ArrayList<>();
        List<String> sources = new ArrayList<>();
        Instant oldest = Instant.MAX;
        for (Site.SecretOrigin origin : origins.values()) {
            if (!sources.contains(origin.source())) {
                sources.add(origin.source());
            }
            if (origin.since().isEmpty()) {
                return Finding.notMeasured(
                        Line.SECRET_AGE,
                        service,
                        "nobody tells how old " + origin.name() + " is (" + origin.source() + ")");
            }
            Instant since = origin.since().get();
            particulars.add(origin.name() + " from " + origin.source() + " since " + since);
            oldest = since.isBefore(oldest) ? since : oldest;
            if (limits.isPast(limits.secret(), since)) {
                problems.add(origin.name() + " (" + origin.source() + ") is of " + limits.ago(since) + ", more than "
                        + limits.secret().toDays() + " days: rotate it");
            }
        }
        if (origins.isEmpty()) {
            return Finding.notMeasured(Line.SECRET_AGE, service, "no secret was found");
        }
        return Finding.of(
                        Line.SECRET_AGE,
                        service,
                        origins.size() + " from " + String.join(", ", sources) + ", the oldest of "
                                + limits.ago(oldest),
                        problems)
                .with(particulars);
    }
}

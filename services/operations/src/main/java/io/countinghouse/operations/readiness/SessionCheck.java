package io.countinghouse.operations.readiness;

import com.fasterxml.jackson.databind.JsonNode;
import io.countinghouse.operations.OperationException;
import io.countinghouse.operations.ServiceName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Login, refresh, roles and sessions, by doing each with a throw-away tenant. */
final class SessionCheck {

    /** Presented again within ten seconds, a refresh token gives the same child; after that it is stolen. */
    private static final Duration GRACE = Duration.ofSeconds(11);

    /** Within which all seven must honour a revocation. */
    private static final Duration REVOCATION = Duration.ofSeconds(1);

    /** How long is waited to say how late it was. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** What every person of a tenant may read. */
    private static final Map<ServiceName, String> READS = Map.of(
            ServiceName.AUTH, "/v1/auth/user_info",
            ServiceName.USAGE, "/v1/usage/meters",
            ServiceName.BILLING, "/v1/billing/plans",
            ServiceName.INVOICE, "/v1/invoices",
            ServiceName.NOTIFICATION, "/v1/notifications",
            ServiceName.AUDIT_LOG, "/v1/audit-logs",
            ServiceName.AI_MODELING, "/v1/ai/history");

    /** What an owner may not: the operator's own. */
    private static final Map<ServiceName, String> OPERATORS_OWN = Map.of(
            ServiceName.AUTH, "/v1/auth/keys",
            ServiceName.USAGE, "/v1/dead-letters",
            ServiceName.BILLING, "/v1/dead-letters",
            ServiceName.INVOICE, "/v1/dead-letters",
            ServiceName.NOTIFICATION, "/v1/dead-letters",
            ServiceName.AUDIT_LOG, "/v1/dead-letters",
            ServiceName.AI_MODELING, "/v1/dead-letters");

    private final Site site;
    private final Http http;
    private final People people;
    private JsonNode family;
    private JsonNode child;
    private long refreshedAt;

    SessionCheck(Site site, Http http, People people) {
        this.site = site;
        this.http = http;
        this.people = people;
    }

    Finding login() {
        List<String> problems = new ArrayList<>(people.problems());
        if (people.ownerToken() != null) {
            JsonNode who = http.get(people.auth("/v1/auth/user_info"), people.ownerToken())
                    .json();
            if (!who.path("email").asText().equals(people.ownerEmail())) {
                problems.add("user_info does not name who logged in");
            }
            Http.Answer wrong = people.login(people.ownerEmail(), people.password() + "x");
            if (wrong.status() != 401) {
                problems.add("a wrong password " + wrong.failure() + ", not 401");
            }
            Http.Answer nobody = people.login("nobody-" + people.ownerEmail(), people.password());
            if (nobody.status() != 401) {
                problems.add("an unknown address " + nobody.failure() + ", not 401");
            }
            Http.Answer forged = http.get(people.auth("/v1/auth/user_info"), people.ownerToken() + "x");
            if (forged.status() != 401) {
                problems.add("a token with a broken signature " + forged.failure() + ", not 401");
            }
        }
        return Finding.of(
                Line.LOGIN,
                null,
                "a tenant signed up, its owner and the operator logged in; wrong password, unknown address and broken"
                        + " signature answered 401",
                problems);
    }

    Finding roles() {
        List<String> problems = new ArrayList<>();
        if (people.ownerToken() == null || people.viewerToken() == null || people.operatorToken() == null) {
            return Finding.notMeasured(Line.ROLES, null, "nobody could log in");
        }
        OPERATORS_OWN.forEach((service, path) -> {
            String url = api(service) + path;
            Http.Answer owner = http.get(url, people.ownerToken());
            if (owner.status() != 403) {
                problems.add(service.id() + " " + owner.failure() + " to an owner for the operator's " + path);
            }
            Http.Answer operator = http.get(url, people.operatorToken());
            if (!operator.isOk()) {
                problems.add(service.id() + " " + operator.failure() + " to the operator for " + path);
            }
        });
        Http.Answer viewer =
                http.post(people.auth("/v1/auth/users"), people.viewerToken(), Http.JSON.createObjectNode());
        if (viewer.status() != 403) {
            problems.add("a viewer who adds a user is " + viewer.failure() + ", not 403");
        }
        return Finding.of(Line.ROLES, null, "owner and viewer refused, operator let in, by all seven", problems);
    }

    /** The first half of {@link #refresh}, so that something else can be measured while the grace passes. */
    void beginRefresh() {
        if (people.ownerToken() != null) {
            family = people.session();
            child = refresh(family).json();
            refreshedAt = System.nanoTime();
        }
    }

    Finding refresh(Progress progress) {
        if (family == null) {
            return Finding.notMeasured(Line.REFRESH, null, "nobody could log in");
        }
        List<String> problems = new ArrayList<>();
        String first = family.path("refresh_token").asText();
        String second = child.path("refresh_token").asText();
        if (first.isEmpty() || second.isEmpty()) {
            return Finding.failed(Line.REFRESH, null, "a login, or a refresh, gave no refresh token");
        }
        if (second.equals(first)) {
            problems.add("a refresh gave the same refresh token again");
        }
        if (!http.get(
                        people.auth("/v1/auth/user_info"),
                        child.path("access_token").asText())
                .isOk()) {
            problems.add("the access token of a refresh is refused");
        }
        for (long left = left(refreshedAt, GRACE); left > 0; left = left(refreshedAt, GRACE)) {
            progress.step("refresh", "the grace of a refresh token ends in " + (left / 1000 + 1) + " s");
            sleep(Math.min(left, 500));
        }
        Http.Answer reuse = refresh(family);
        if (reuse.status() != 401) {
            problems.add("a refresh token that was used before " + reuse.failure() + ", not 401");
        }
        Http.Answer heir = refresh(child);
        if (heir.status() != 401) {
            problems.add("after a reuse the family goes on: its latest token " + heir.failure() + ", not 401");
        }
        return Finding.of(
                Line.REFRESH, null, "rotated; presented again after the grace it ended its session", problems);
    }

    private Http.Answer refresh(JsonNode pair) {
        return http.post(
                people.auth("/v1/auth/refresh"),
                null,
                Http.JSON
                        .createObjectNode()
                        .put("refresh_token", pair.path("refresh_token").asText()));
    }

    Finding sessions() {
        if (people.ownerToken() == null) {
            return Finding.notMeasured(Line.SESSIONS, null, "nobody could log in");
        }
        List<String> problems = new ArrayList<>();
        String token = people.session().path("access_token").asText();
        if (http.get(people.auth("/v1/auth/sessions"), token)
                .json()
                .path("data")
                .isEmpty()) {
            problems.add("/v1/auth/sessions does not list the session of who asks");
        }
        READS.forEach((service, path) -> {
            Http.Answer answer = http.get(api(service) + path, token);
            if (!answer.isOk()) {
                problems.add(service.id() + " " + answer.failure() + " to the owner for " + path);
            }
        });
        if (!problems.isEmpty()) {
            return Finding.of(Line.SESSIONS, null, "", problems);
        }
        Http.Answer logout = http.send("POST", people.auth("/v1/auth/logout"), token, Map.of(), null);
        long begun = System.nanoTime();
        if (logout.status() >= 300) {
            return Finding.failed(Line.SESSIONS, null, "logout " + logout.failure());
        }
        Map<ServiceName, Long> after = new EnumMap<>(ServiceName.class);
        while (after.size() < READS.size() && left(begun, PATIENCE) > 0) {
            READS.forEach((service, path) -> {
                long asked = System.nanoTime();
                if (!after.containsKey(service)
                        && http.get(api(service) + path, token).status() == 401) {
                    after.put(service, (asked - begun) / 1_000_000);
                }
            });
            sleep(20);
        }
        for (ServiceName service : ServiceName.values()) {
            Long millis = after.get(service);
            if (millis == null) {
                problems.add(service.id() + " still takes the token " + PATIENCE.toSeconds() + " s after the logout");
            } else if (millis > REVOCATION.toMillis()) {
                problems.add(service.id() + " took the token for " + millis + " ms after the logout");
            }
        }
        long slowest = after.values().stream().mapToLong(Long::longValue).max().orElse(0);
        return Finding.of(
                Line.SESSIONS,
                null,
                "listed; after a logout all seven refused its token within " + slowest + " ms",
                problems);
    }

    private String api(ServiceName service) {
        return site.processes(service).getFirst().api();
    }

    private static long left(long begun, Duration limit) {
        return limit.toMillis() - (System.nanoTime() - begun) / 1_000_000;
    }

    private static void sleep(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationException("interrupted", e);
        }
    }
}

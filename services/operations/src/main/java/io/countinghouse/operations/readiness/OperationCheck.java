package io.countinghouse.operations.readiness;

import io.countinghouse.operations.ServiceName;
import io.countinghouse.operations.readiness.OpenApi.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Asks every operation of a service's document, without effect: without a token; as somebody who may, for reading or with
 * a body that is none or an identifier that nothing has; else as somebody who may not.
 */
final class OperationCheck {

    /** What a body that no parser takes looks like. */
    private static final String NO_JSON = "{\"readiness\":";

    /** Says the mapper of JAX-RS' own 404: no method is at this path. */
    private static final String NO_ROUTE = "There is nothing at this path";

    private static final String NO_METER = "meter=" + OpenApi.NO_NAME;

    private final Site site;
    private final Http http;
    private final People people;
    private final Map<String, String> results = new LinkedHashMap<>();

    OperationCheck(Site site, Http http, People people) {
        this.site = site;
        this.http = http;
        this.people = people;
    }

    Finding of(ServiceName service) {
        Site.Process process = site.processes(service).getFirst();
        Http.Answer document = http.get(process.api() + "/openapi?format=JSON");
        if (!document.isOk()) {
            return Finding.notMeasured(Line.OPERATIONS, service, "/openapi " + document.failure());
        }
        UUID tenant = UUID.fromString(people.tenantId());
        List<Operation> operations = OpenApi.operations(document.json(), tenant);
        List<String> problems = new ArrayList<>();
        results.clear();
        if (operations.isEmpty()) {
            problems.add("/openapi lists no operation");
        }
        int guarded = 0;
        int read = 0;
        int refused = 0;
        for (Operation operation : operations) {
            String url = process.api() + withMeter(operation.path());
            if (!operation.isPublic()) {
                guarded++;
                Http.Answer answer = send(operation, url, null);
                if (answer.status() != 401) {
                    problems.add(operation.text() + " " + answer.failure() + " without a token, not 401");
                }
            }
            if (operation.reads()) {
                read++;
            } else {
                refused++;
            }
            problems.addAll(asSomebody(operation, url));
        }
        return Finding.of(
                        Line.OPERATIONS,
                        service,
                        operations.size() + " operations: " + guarded + " refuse who has no token, " + read + " read, "
                                + refused + " refuse what is bad",
                        problems)
                .with(results.entrySet().stream()
                        .map(result -> result.getKey() + ": " + result.getValue())
                        .toList());
    }

    /** A total is of a meter that there is; without one, the operation answers 404 and says so. */
    private String withMeter(String path) {
        if (!path.contains(NO_METER)) {
            return path;
        }
        String meter = http.get(
                        site.processes(ServiceName.USAGE).getFirst().api() + "/v1/usage/meters?limit=1",
                        people.operatorToken())
                .json()
                .at("/data/0/key")
                .asText();
        return meter.isEmpty() ? path : path.replace(NO_METER, "meter=" + meter);
    }

    private List<String> asSomebody(Operation operation, String url) {
        boolean permitted =
                operation.isPublic() || people.tokenOf(operation.roles()).isPresent();
        if (!operation.reads() && operation.contentType() == null && !operation.namesOne()) {
            // Would act, whoever may: only somebody who may not can try it.
            var other = people.tokenOfOther(operation.roles());
            if (other.isEmpty()) {
                return List.of();
            }
            return expect(operation, send(operation, url, other.get()), Set.of(403), "with a role that may not");
        }
        String token = operation.isPublic()
                ? null
                : people.tokenOf(operation.roles())
                        .or(() -> people.tokenOfOther(operation.roles()))
                        .orElse(null);
        if (!permitted) {
            return expect(operation, send(operation, url, token), Set.of(403), "with a role that may not");
        }
        if (!operation.reads()) {
            return expect(
                    operation, send(operation, url, token), Set.of(400, 404, 409, 415, 422), "with a bad request");
        }
        boolean mayMiss = operation.namesOne() || url.contains(NO_METER);
        return expect(
                operation,
                send(operation, url, token),
                mayMiss ? Set.of(200, 400, 404) : Set.of(200),
                "to who may read");
    }

    private Http.Answer send(Operation operation, String url, String token) {
        Http.Answer answer = ask(operation, url, token);
        results.merge(
                operation.text(),
                (token == null ? "without a token " : "with a token ") + answer.status(),
                (one, other) -> one + ", " + other);
        return answer;
    }

    private Http.Answer ask(Operation operation, String url, String token) {
        Map<String, String> headers = operation.contentType() == null
                ? Map.of()
                : Map.of("Content-Type", operation.contentType(), "Idempotency-Key", "readiness");
        return http.send(operation.method(), url, token, headers, operation.contentType() == null ? null : NO_JSON);
    }

    private static List<String> expect(Operation operation, Http.Answer answer, Set<Integer> expected, String when) {
        if (answer.status() == 404 && answer.json().path("detail").asText().startsWith(NO_ROUTE)) {
            return List.of(operation.text() + " is in the document and nothing is there");
        }
        return expected.contains(answer.status())
                ? List.of()
                : List.of(operation.text() + " " + answer.failure() + " " + when);
    }
}

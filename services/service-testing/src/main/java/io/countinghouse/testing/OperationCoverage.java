package io.countinghouse.testing;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * That the service's tests tried each operation of its contract: that it works, each kind of bad input, no token, the
 * wrong role, an unknown id, and the repetition with the same Idempotency-Key. Nothing is tried here: this reads what
 * the other tests sent and got, so an operation without tests fails by its name. It runs after them, because Quarkus
 * orders plain test classes last, and is skipped when it runs alone.
 */
public abstract class OperationCoverage {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    protected static final String THAT_IT_WORKS = "that it works: 2xx";
    private static final Set<Integer> REFUSED_INPUT = Set.of(400, 413, 415, 422);
    private static final String IDEMPOTENCY = "x-idempotency";

    /** Where a source names a problem that it answers: by a factory of ProblemException or by its constructor. */
    private static final Pattern PROBLEM = Pattern.compile(
            "(?:ProblemException\\s*\\.(?:conflict|unprocessable|badRequest|unavailable|tooManyRequests)\\(|"
                    + "(?:super|new ProblemException)\\(\\s*[0-9]{3},)\\s*\"([a-z0-9-]+)\"");

    /** What an operation, such as {@code post /v1/inbox}, cannot answer in this service; say why beside it. */
    protected Map<String, Set<String>> neverAnswered() {
        return Map.of();
    }

    @TestFactory
    Stream<DynamicTest> eachOperationWasTried() {
        List<Operation> operations = operations();
        List<Exchange> exchanges = Exchange.ofThisRun();
        assumeFalse(exchanges.isEmpty(), "no test sent anything: run all tests of the service");
        Map<Optional<Operation>, List<Exchange>> byOperation = exchanges.stream()
                .collect(groupingBy(exchange -> operations.stream()
                        .filter(operation -> operation.matches(exchange))
                        .findFirst()));
        return operations.stream()
                .map(operation -> DynamicTest.dynamicTest(
                        operation.toString(),
                        () -> assertThat(
                                        missing(operation, byOperation.getOrDefault(Optional.of(operation), List.of())))
                                .as("what no test tried of " + operation)
                                .isSubsetOf(neverAnswered().getOrDefault(operation.toString(), Set.of()))));
    }

    @Test
    void eachProblemOfTheServiceWasAnswered() {
        List<Exchange> exchanges = Exchange.ofThisRun();
        assumeFalse(exchanges.isEmpty(), "no test sent anything: run all tests of the service");

        Set<String> answered =
                new TreeSet<>(exchanges.stream().map(Exchange::problem).toList());

        Set<String> never = problemsInSources();
        never.removeAll(answered);
        assertThat(never).as("problems that no test got").isEmpty();
    }

    private static List<String> missing(Operation operation, List<Exchange> exchanges) {
        List<String> missing = new ArrayList<>();
        Predicate<Predicate<Exchange>> seen = what -> exchanges.stream().anyMatch(what);
        if (!seen.test(exchange -> exchange.status() < 300)) {
            missing.add(THAT_IT_WORKS);
        }
        if (operation.isProtected() && !seen.test(exchange -> exchange.status() == 401)) {
            missing.add("no token: 401");
        }
        if (operation.isProtected() && !seen.test(exchange -> exchange.status() == 403)) {
            missing.add("a wrong role: 403");
        }
        if (operation.takesBody()
                && !seen.test(exchange -> exchange.hasBody() && REFUSED_INPUT.contains(exchange.status()))) {
            missing.add("a body that is refused");
        }
        if (operation.takesConstrainedQuery()
                && !seen.test(exchange -> exchange.hasQuery() && exchange.status() == 400)) {
            missing.add("a query that is refused: 400");
        }
        if (operation.path().contains("{") && !seen.test(exchange -> exchange.status() == 404)) {
            missing.add("an unknown id: 404");
        }
        if (operation.verb().equals("post") && operation.idempotentBy() == null && !operation.takesIdempotencyKey()) {
            missing.add("an Idempotency-Key in its contract, or " + IDEMPOTENCY + ", which says why it needs none");
        }
        if (operation.takesIdempotencyKey() && !seen.test(Exchange::replayed)) {
            missing.add("the repetition with the same Idempotency-Key");
        }
        return missing;
    }

    private static List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        try {
            YAML.readTree(Files.readString(Path.of("contract", "openapi.yaml")))
                    .get("paths")
                    .properties()
                    .forEach(path -> path.getValue().properties().forEach(verb -> {
                        if (verb.getValue().has("responses")) {
                            operations.add(new Operation(verb.getKey(), path.getKey(), verb.getValue()));
                        }
                    }));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // A literal path before one with a parameter in its place.
        operations.sort(Comparator.comparing(operation -> operation.path().replace('{', '\uffff')));
        return operations;
    }

    private static Set<String> problemsInSources() {
        Set<String> problems = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src", "main", "java"))) {
            sources.filter(source -> source.toString().endsWith(".java"))
                    .forEach(source ->
                            PROBLEM.matcher(read(source)).results().forEach(found -> problems.add(found.group(1))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return problems;
    }

    private static String read(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Operation(String verb, String path, JsonNode contract) {

        boolean matches(Exchange exchange) {
            return verb.equals(exchange.verb()) && exchange.path().matches(path.replaceAll("\\{[^}]*}", "[^/]+"));
        }

        boolean isProtected() {
            return !contract.path("security").isEmpty();
        }

        boolean takesBody() {
            return contract.has("requestBody");
        }

        boolean takesConstrainedQuery() {
            return Stream.of(contract.path("parameters"))
                    .flatMap(parameters -> parameters.valueStream())
                    .filter(parameter -> parameter.path("in").asText().equals("query"))
                    .anyMatch(parameter -> {
                        JsonNode schema = parameter.path("schema");
                        return !schema.path("type").asText().equals("string") || schema.has("format");
                    });
        }

        boolean takesIdempotencyKey() {
            return Stream.of(contract.path("parameters"))
                    .flatMap(parameters -> parameters.valueStream())
                    .anyMatch(parameter -> parameter.path("name").asText().equals("Idempotency-Key"));
        }

        String idempotentBy() {
            return contract.path(IDEMPOTENCY).asText(null);
        }

        @Override
        public String toString() {
            return verb + " " + path;
        }
    }
}

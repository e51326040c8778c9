package io.countinghouse.operations.readiness;

import com.fasterxml.jackson.databind.JsonNode;
import io.countinghouse.operations.OperationException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kubectl of the PATH, with the operator's own rights; one namespace. */
final class Kubectl implements AutoCloseable {

    private static final Pattern FORWARDING = Pattern.compile("Forwarding from 127\\.0\\.0\\.1:(\\d+) -> (\\d+)");

    private final List<String> command = new ArrayList<>(List.of("kubectl"));
    private final String context;
    private final String namespace;
    private final List<java.lang.Process> forwards = new ArrayList<>();

    /** @param context null for the current one */
    Kubectl(String context, String namespace) {
        this.context = context;
        this.namespace = namespace;
        if (context != null) {
            command.add("--context=" + context);
        }
        command.add("--namespace=" + namespace);
    }

    String namespace() {
        return namespace;
    }

    String context() {
        return context == null ? text("config", "current-context").strip() : context;
    }

    JsonNode json(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--output=json");
        String text = text(all.toArray(String[]::new));
        try {
            // Asked for what is not there with --ignore-not-found it says nothing.
            return text.isBlank() ? Http.JSON.missingNode() : Http.JSON.readTree(text);
        } catch (IOException e) {
            throw new OperationException("kubectl " + arguments[0] + " gave no JSON: " + e.getMessage(), e);
        }
    }

    String text(String... arguments) {
        Result result = run(arguments);
        if (result.code() != 0) {
            throw new OperationException("kubectl " + String.join(" ", arguments) + ": " + result.errors());
        }
        return result.text();
    }

    /** The word that a question is answered with, whatever the exit code; what went wrong when there is none. */
    String answer(String... question) {
        Result result = run(question);
        return result.text().isBlank() ? result.errors() : result.text().strip();
    }

    private record Result(int code, String text, String errors) {}

    private Result run(String... arguments) {
        Path errors = null;
        try {
            errors = Files.createTempFile("kubectl", ".err");
            java.lang.Process process =
                    builder(arguments).redirectError(errors.toFile()).start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), text, Files.readString(errors).strip());
        } catch (IOException e) {
            throw new OperationException("kubectl cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationException("interrupted", e);
        } finally {
            delete(errors);
        }
    }

    private static void delete(Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new OperationException("cannot delete " + file, e);
        }
    }

    /**
     * Forwards ports of a pod or a Service to free ones of this machine, until this is closed.
     *
     * @param target such as {@code pod/usage-service-…}
     * @return the ports here, by those there
     */
    Map<Integer, Integer> forward(String target, int... ports) {
        List<String> arguments =
                new ArrayList<>(List.of("port-forward", "--address=127.0.0.1", "--pod-running-timeout=10s", target));
        for (int port : ports) {
            arguments.add(":" + port);
        }
        try {
            java.lang.Process process = builder(arguments.toArray(String[]::new))
                    .redirectErrorStream(true)
                    .start();
            forwards.add(process);
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            Map<Integer, Integer> local = new LinkedHashMap<>();
            StringBuilder said = new StringBuilder();
            while (local.size() < ports.length) {
                String line = out.readLine();
                if (line == null) {
                    throw new OperationException("kubectl port-forward " + target + ": "
                            + said.toString().strip());
                }
                said.append(line).append(' ');
                Matcher forwarding = FORWARDING.matcher(line);
                if (forwarding.find()) {
                    // A Service's port is answered with that of the pod behind it: what counts is the order.
                    local.put(ports[local.size()], Integer.parseInt(forwarding.group(1)));
                }
            }
            // It says something for every connection, and would stop once nobody takes it.
            Thread.ofVirtual().start(() -> out.lines().forEach(_ -> {}));
            return local;
        } catch (IOException e) {
            throw new OperationException("kubectl cannot be run: " + e.getMessage(), e);
        }
    }

    private ProcessBuilder builder(String... arguments) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(arguments));
        return new ProcessBuilder(all);
    }

    @Override
    public void close() {
        forwards.forEach(java.lang.Process::destroy);
        forwards.clear();
    }
}

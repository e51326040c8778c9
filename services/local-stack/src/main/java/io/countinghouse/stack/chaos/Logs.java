package io.countinghouse.stack.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.countinghouse.operations.ServiceName;
import io.countinghouse.stack.LocalStack;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** What the services wrote into their logs since a moment, by kind: a failure that is foreseen is one line without a trace. */
final class Logs {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_KIND = 160;

    private final LocalStack stack;
    private final Map<ServiceName, Long> from = new EnumMap<>(ServiceName.class);

    private Logs(LocalStack stack) {
        this.stack = stack;
    }

    static Logs since(LocalStack stack) {
        Logs logs = new Logs(stack);
        for (ServiceName service : ServiceName.values()) {
            logs.from.put(service, stack.service(service).log().toFile().length());
        }
        return logs;
    }

    /** Warnings, errors and traces, each kind with how often. */
    Map<String, Integer> kinds() throws IOException {
        Map<String, Integer> kinds = new TreeMap<>();
        for (ServiceName service : ServiceName.values()) {
            try (RandomAccessFile file =
                    new RandomAccessFile(stack.service(service).log().toFile(), "r")) {
                file.seek(from.get(service));
                byte[] bytes = new byte[(int) (file.length() - from.get(service))];
                file.readFully(bytes);
                new String(bytes, StandardCharsets.UTF_8).lines().forEach(line -> {
                    String kind = kind(service, line);
                    if (kind != null) {
                        kinds.merge(kind, 1, Integer::sum);
                    }
                });
            }
        }
        return kinds;
    }

    private static String kind(ServiceName service, String line) {
        JsonNode entry;
        try {
            entry = JSON.readTree(line);
        } catch (IOException e) {
            return service.id() + " NOT JSON " + shortened(line);
        }
        if (entry.path("loggerName").asText().endsWith("BlockedThreadChecker")) {
            // The machine was busy, with starting services among other things.
            return null;
        }
        if (entry.path("message").asText().equals("Failed to start application")) {
            // Started while the database was away: it ends, and is started again.
            return null;
        }
        String level = entry.path("level").asText();
        boolean hasTrace =
                entry.hasNonNull("exception") || entry.hasNonNull("stackTrace") || entry.hasNonNull("stack_trace");
        if (!hasTrace && !level.equals("WARN") && !level.equals("WARNING") && !level.equals("ERROR")) {
            return null;
        }
        String message = entry.path("message").asText().replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}|\\d+", "#");
        return service.id() + " " + level + (hasTrace ? " TRACE " : " ") + shortened(message);
    }

    private static String shortened(String text) {
        String line = text.lines().findFirst().orElse("");
        return line.substring(0, Math.min(LONGEST_KIND, line.length()));
    }
}

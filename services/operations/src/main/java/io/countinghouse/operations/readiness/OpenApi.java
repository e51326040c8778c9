package io.countinghouse.operations.readiness;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The operations of a service, as its own document lists them. */
final class OpenApi {

    /** An identifier that nothing has. */
    static final UUID NOTHING = new UUID(0, 0);

    /** A name that nothing has. */
    static final String NO_NAME = "readiness";

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    /**
     * @param roles who may; empty when everybody may
     * @param path with parameters filled in that nothing has
     * @param contentType of the body; null when it takes none
     */
    record Operation(String method, String template, Set<String> roles, String path, String contentType) {

        boolean isPublic() {
            return roles.isEmpty();
        }

        boolean reads() {
            return method.equals("GET");
        }

        boolean namesOne() {
            return template.contains("{");
        }

        String text() {
            return method + " " + template;
        }
    }

    private OpenApi() {}

    /** @param tenant the tenant to ask about, where an operation wants one named */
    static List<Operation> operations(JsonNode document, UUID tenant) {
        List<Operation> operations = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    if (METHODS.contains(method.getKey())) {
                        operations.add(operation(document, path.getKey(), method.getKey(), method.getValue(), tenant));
                    }
                }));
        return operations;
    }

    private static Operation operation(JsonNode document, String template, String method, JsonNode said, UUID tenant) {
        String path = template;
        StringBuilder query = new StringBuilder();
        for (JsonNode parameter : said.path("parameters")) {
            String name = parameter.path("name").asText();
            JsonNode schema = resolve(document, parameter.path("schema"));
            if (parameter.path("in").asText().equals("path")) {
                path = path.replace("{" + name + "}", value(name, schema, NOTHING));
            } else if (parameter.path("in").asText().equals("query")
                    && (parameter.path("required").asBoolean() || name.equals("tenant_id"))) {
                query.append(query.isEmpty() ? '?' : '&')
                        .append(name)
                        .append('=')
                        .append(value(name, schema, tenant));
            }
        }
        Set<String> roles = new LinkedHashSet<>();
        said.path("security")
                .forEach(scheme -> scheme.forEach(names -> names.forEach(role -> roles.add(role.asText()))));
        var contents = said.path("requestBody").path("content").fieldNames();
        return new Operation(
                method.toUpperCase(java.util.Locale.ROOT),
                template,
                roles,
                path + query,
                contents.hasNext() ? contents.next() : null);
    }

    private static JsonNode resolve(JsonNode document, JsonNode schema) {
        String reference = schema.path("$ref").asText();
        return reference.isEmpty() ? schema : document.at(reference.substring(1));
    }

    private static String value(String name, JsonNode schema, UUID id) {
        String format = schema.path("format").asText();
        if (format.equals("uuid") || name.endsWith("id")) {
            return id.toString();
        }
        if (format.equals("date-time")) {
            Instant now = Instant.now().truncatedTo(ChronoUnit.DAYS);
            return (name.equals("from") ? now.minus(1, ChronoUnit.DAYS) : now).toString();
        }
        return schema.path("type").asText().equals("integer") ? "1" : NO_NAME;
    }
}

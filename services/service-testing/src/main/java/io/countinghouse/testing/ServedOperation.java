package io.countinghouse.testing;

import static io.restassured.RestAssured.given;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.restassured.http.Method;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/**
 * An operation that a service's OpenAPI document names, and ways to call it with ids that nothing has.
 *
 * @param contentType of its body; null when it takes none
 * @param typedQueries its query parameters that are more than text: a number, an id, a time, one of a few words
 */
record ServedOperation(String verb, String path, boolean needsToken, String contentType, List<String> typedQueries) {

    private static final Set<String> VERBS = Set.of("get", "put", "post", "delete", "patch");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    static List<ServedOperation> allOf(URI openapi) throws IOException {
        JsonNode document = YAML.readTree(
                given().when().get(openapi).then().statusCode(200).extract().asString());
        List<ServedOperation> operations = new ArrayList<>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(verb -> {
                    if (VERBS.contains(verb.getKey())) {
                        operations.add(of(path.getKey(), verb.getKey(), verb.getValue()));
                    }
                }));
        return operations;
    }

    private static ServedOperation of(String path, String verb, JsonNode said) {
        JsonNode content = said.path("requestBody").path("content");
        List<String> typedQueries = said.path("parameters")
                .valueStream()
                .filter(parameter -> parameter.path("in").asText().equals("query"))
                .filter(parameter ->
                        !parameter.path("schema").path("type").asText().equals("string"))
                .map(parameter -> parameter.path("name").asText())
                .toList();
        return new ServedOperation(
                verb,
                path,
                !said.path("security").isEmpty(),
                content.isEmpty() ? null : content.fieldNames().next(),
                typedQueries);
    }

    ServedOperation sending(String type) {
        return new ServedOperation(verb, path, needsToken, type, typedQueries);
    }

    /** As the operator, or as an owner where the operation is for people of a tenant alone. */
    Response asSomeoneAllowed(String query) {
        Response answer = send(query, Tokens.operator(), "{}", null);
        return answer.statusCode() == 403 ? send(query, Tokens.of(UUID.randomUUID(), "owner"), "{}", null) : answer;
    }

    /** @param token null to send none */
    Response call(String token) {
        return send("", token, "{}", null);
    }

    Response callWith(String token, String body) {
        return send("", token, body, null);
    }

    Response callFor(String token, String accept) {
        return send("", token, "{}", accept);
    }

    private Response send(String query, String token, String body, String accept) {
        var request = given().redirects().follow(false);
        if (token != null) {
            request.auth().oauth2(token);
        }
        if (accept != null) {
            request.accept(accept);
        }
        if (contentType != null) {
            request.contentType(contentType).body(body);
        }
        String concrete = path.replace("{n}", "1")
                .replaceAll("\\{[^}]*}", UUID.randomUUID().toString());
        return request.when().request(Method.valueOf(verb.toUpperCase(Locale.ROOT)), concrete + query);
    }

    @Override
    public String toString() {
        return verb + " " + path;
    }
}

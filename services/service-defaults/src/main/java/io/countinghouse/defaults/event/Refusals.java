package io.countinghouse.defaults.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.StringJoiner;

/** Why a receiver did not take an event, in the words of its problem document: whoever mends a dead letter needs them. */
@ApplicationScoped
class Refusals {

    private static final int LONGEST = 1000;

    private final ObjectMapper json;

    Refusals(ObjectMapper json) {
        this.json = json;
    }

    /** Status, kind of problem, detail and fields of an answer; the message of a failure without one. */
    String reason(Throwable failure) {
        String reason = failure instanceof WebApplicationException answer
                ? reason(answer.getResponse())
                : String.valueOf(failure.getMessage());
        String line = reason.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= LONGEST
                ? line
                : line.substring(
                        0, line.offsetByCodePoints(0, Math.min(LONGEST, line.codePointCount(0, line.length()))));
    }

    private String reason(Response answer) {
        JsonNode problem = problemOf(answer);
        String type = problem.path("type").asText("");
        StringJoiner reason = new StringJoiner(" ");
        reason.add(Integer.toString(answer.getStatus()));
        reason.add(type.isEmpty() ? "without a problem document" : type.substring(type.lastIndexOf('/') + 1));
        if (problem.hasNonNull("detail")) {
            reason.add("- " + problem.get("detail").asText());
        }
        for (JsonNode error : problem.path("errors")) {
            reason.add("[" + error.path("field").asText() + ": "
                    + error.path("detail").asText() + "]");
        }
        return reason.toString();
    }

    private JsonNode problemOf(Response answer) {
        try {
            String body = answer.hasEntity() ? answer.readEntity(String.class) : null;
            JsonNode read = body == null || body.isBlank() ? null : json.readTree(body);
            return read == null ? json.createObjectNode() : read;
        } catch (JsonProcessingException | RuntimeException e) {
            // A proxy's page, or a connection that ended within the answer: the status is all that is known.
            return json.createObjectNode();
        }
    }
}

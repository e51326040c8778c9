package io.countinghouse.defaults.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.countinghouse.defaults.problem.ProblemException;
import java.time.Instant;
import java.util.UUID;

/** An event as a handler gets it. */
public record ReceivedEvent(
        String id,
        String source,
        String type,
        UUID tenantId,
        String subject,
        Instant time,
        JsonNode data,
        ObjectMapper json) {

    /** The data as the receiver's own record; 422, and so a dead letter in time, when it does not fit. */
    public <T> T dataAs(Class<T> shape) {
        try {
            return json.treeToValue(data, shape);
        } catch (JsonProcessingException e) {
            throw ProblemException.unprocessable(
                    "event-data",
                    "The data of event '" + id + "' does not fit " + type + ": " + e.getOriginalMessage());
        }
    }
}

package io.countinghouse.notification.message;

import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.QueryParam;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** What a list is narrowed to; every filter that is given must hold. */
public class NotificationFilter {

    @QueryParam("tenant_id")
    @Parameter(description = "Whose; for the operator and services, a tenant always sees its own")
    UUID tenantId;

    @QueryParam("state")
    @Pattern(
            regexp = "queued|sent|delivered|failed|suppressed",
            message = "must be queued, sent, delivered, failed or suppressed")
    String state;

    @QueryParam("channel")
    @Pattern(regexp = "email|webhook", message = "must be email or webhook")
    String channel;

    @QueryParam("template")
    @Pattern(regexp = "[a-z0-9-]*", message = "must be the name of a template")
    String template;

    @QueryParam("endpoint_id")
    UUID endpointId;

    /** @param tenant whose messages, or null for everybody's */
    Map<String, Object> conditions(UUID tenant) {
        var conditions = new LinkedHashMap<String, Object>();
        conditions.put("tenantId", tenant);
        conditions.put("state", state);
        conditions.put("channel", channel);
        conditions.put("template", template);
        conditions.put("endpointId", endpointId);
        conditions.values().removeIf(value -> value == null);
        return conditions;
    }
}

package io.countinghouse.auditlog.entry;

import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.defaults.time.Micros;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** What a list is narrowed to; every filter that is given must hold. */
public class AuditLogFilter {

    @QueryParam("tenant_id")
    @Parameter(description = "Whose entries; for the operator and services, a tenant always sees its own")
    UUID tenantId;

    @QueryParam("service")
    String service;

    @QueryParam("action")
    String action;

    @QueryParam("actor_id")
    String actorId;

    @QueryParam("resource_type")
    String resourceType;

    @QueryParam("resource_id")
    String resourceId;

    @QueryParam("outcome")
    @Pattern(regexp = "success|failure|denied", message = "must be success, failure or denied")
    String outcome;

    @QueryParam("from")
    @Parameter(description = "Occurred at this instant (RFC 3339) or later")
    String from;

    @QueryParam("to")
    @Parameter(description = "Occurred before this instant (RFC 3339)")
    String to;

    /**
     * HQL conditions with the values of their parameters.
     *
     * @param tenant whose entries, or null for everybody's
     */
    Map<String, Object> conditions(UUID tenant) {
        var conditions = new LinkedHashMap<String, Object>();
        put(conditions, "tenantId =", tenant);
        put(conditions, "service =", service);
        put(conditions, "action =", action);
        put(conditions, "actorId =", actorId);
        put(conditions, "resourceType =", resourceType);
        put(conditions, "resourceId =", resourceId);
        put(conditions, "outcome =", outcome);
        put(conditions, "occurredAt >=", instant("from", from));
        put(conditions, "occurredAt <", instant("to", to));
        return conditions;
    }

    private static void put(Map<String, Object> conditions, String condition, Object value) {
        if (value != null) {
            conditions.put(condition, value);
        }
    }

    private static Instant instant(String field, String value) {
        if (value == null || value.isBlank()) {
            return null;
        }
        try {
            var instant = Micros.cut(java.time.OffsetDateTime.parse(value).toInstant());
            if (instant.isBefore(Instant.parse("0001-01-01T00:00:00Z"))
                    || instant.isAfter(Instant.parse("9999-12-31T23:59:59Z"))) {
                throw ProblemException.invalidField(field, "'" + value + "' is outside the years 1 to 9999");
            }
            return instant;
        } catch (DateTimeParseException e) {
            throw ProblemException.invalidField(
                    field, "'" + value + "' is not an RFC 3339 instant like 2026-01-31T12:00:00Z");
        }
    }
}

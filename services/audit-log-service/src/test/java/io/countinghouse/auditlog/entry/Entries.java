package io.countinghouse.auditlog.entry;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Requests that tests of this service send. */
public final class Entries {

    private Entries() {}

    public static Map<String, Object> invoiceFinalized(UUID tenant) {
        var entry = new HashMap<String, Object>();
        entry.put("service", "invoice-service");
        entry.put("actor_type", "user");
        entry.put("actor_id", "user-1");
        entry.put("action", "invoice.finalized");
        entry.put("resource_type", "invoice");
        entry.put("resource_id", "invoice-1");
        entry.put("outcome", "success");
        entry.put("details", Map.of("number", "2026-000001"));
        if (tenant != null) {
            entry.put("tenant_id", tenant.toString());
        }
        return entry;
    }

    public static Map<String, Object> with(Map<String, Object> entry, String field, Object value) {
        var changed = new HashMap<>(entry);
        if (value == null) {
            changed.remove(field);
        } else {
            changed.put(field, value);
        }
        return changed;
    }

    public static ValidatableResponse append(String token, Object body) {
        return given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .body(body)
                .when()
                .post("/v1/audit-logs")
                .then();
    }

    /** Appends and answers the entry's id. */
    public static UUID appended(String token, Object body) {
        return UUID.fromString(append(token, body).statusCode(201).extract().path("id"));
    }
}

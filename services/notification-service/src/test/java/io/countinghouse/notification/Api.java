package io.countinghouse.notification;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Requests that tests of this service send. */
public final class Api {

    private Api() {}

    public static ValidatableResponse get(String token, String path) {
        return given().auth().oauth2(token).when().get(path).then();
    }

    public static ValidatableResponse post(String token, String path, Object body) {
        return given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .body(body)
                .when()
                .post(path)
                .then();
    }

    public static ValidatableResponse postWithKey(String token, String key, String path, Object body) {
        return given().auth()
                .oauth2(token)
                .header("Idempotency-Key", key)
                .contentType(ContentType.JSON)
                .body(body)
                .when()
                .post(path)
                .then();
    }

    public static ValidatableResponse put(String token, String path, Object body) {
        return given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .body(body)
                .when()
                .put(path)
                .then();
    }

    public static ValidatableResponse delete(String token, String path) {
        return given().auth().oauth2(token).when().delete(path).then();
    }

    public static ValidatableResponse deliver(String token, UUID event, String type, UUID tenant, String data) {
        return given().auth()
                .oauth2(token)
                .contentType("application/cloudevents+json")
                .body("""
                        {"specversion": "1.0", "id": "%s", "source": "test-service", "type": "%s",
                         "time": "2026-01-31T12:00:00Z", %s "data": %s}""".formatted(event, type, tenant == null ? "" : "\"tenantid\": \"" + tenant + "\",", data))
                .when()
                .post("/v1/inbox")
                .then();
    }

    public static Map<String, Object> with(Map<String, ?> body, String field, Object value) {
        var changed = new HashMap<String, Object>(body);
        if (value == null) {
            changed.remove(field);
        } else {
            changed.put(field, value);
        }
        return changed;
    }

    /** Waits until a notification is in the given state, and answers it. */
    public static JsonPath awaitState(String token, Object id, String state) {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> get(token, "/v1/notifications/" + id)
                        .statusCode(200)
                        .extract()
                        .<String>path("state")
                        .equals(state));
        return get(token, "/v1/notifications/" + id).extract().jsonPath();
    }
}

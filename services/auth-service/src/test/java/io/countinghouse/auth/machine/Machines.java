package io.countinghouse.auth.machine;

import static io.restassured.RestAssured.given;

import io.countinghouse.auth.People;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Service accounts over the API, as tests make and use them. */
final class Machines {

    private Machines() {}

    static String tokenOf(People.Person person) {
        return People.login(person).accessToken();
    }

    static Map<String, Object> body(String... scopes) {
        return new HashMap<>(Map.of("name", "export", "scopes", List.of(scopes)));
    }

    static ValidatableResponse create(String token, Map<String, Object> body, String key) {
        var request = given().auth().oauth2(token).contentType(ContentType.JSON).body(body);
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        return request.post("/v1/auth/service-accounts").then();
    }

    static ValidatableResponse token(JsonPath account) {
        return given().auth()
                .preemptive()
                .basic(account.getString("client_id"), account.getString("client_secret"))
                .formParam("grant_type", "client_credentials")
                .post("/v1/auth/token")
                .then();
    }
}

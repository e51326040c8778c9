package io.countinghouse.auth;

import static io.restassured.RestAssured.given;

import io.restassured.RestAssured;
import io.restassured.config.HttpClientConfig;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Signs up and logs in over HTTP, as the tests' people do. */
public final class People {

    public static final String PASSWORD = "a long enough password";

    /** Chosen by whoever adds a user. */
    public static final String FIRST_PASSWORD = "the first of two passwords";

    private static final AtomicInteger ELSEWHERE = new AtomicInteger();

    private People() {}

    public record Person(UUID tenant, UUID id, String email) {}

    public record Login(String accessToken, String refreshToken) {}

    public static Person owner() {
        String email = "owner-" + UUID.randomUUID() + "@example.com";
        JsonPath made = signUp(email).statusCode(201).extract().jsonPath();
        return new Person(
                UUID.fromString(made.getString("tenant.id")), UUID.fromString(made.getString("user.id")), email);
    }

    /** Added by the owner, and logged in since with a password of their own. */
    public static Person member(Person owner, String role) {
        Person added = added(owner, role);
        given().auth()
                .oauth2(login(added.email(), FIRST_PASSWORD).accessToken())
                .contentType(ContentType.JSON)
                .body(Map.of("current_password", FIRST_PASSWORD, "new_password", PASSWORD))
                .post("/v1/auth/password")
                .then()
                .statusCode(204);
        return added;
    }

    /** Added by the owner, and not logged in yet. */
    public static Person added(Person owner, String role) {
        String email = role + "-" + UUID.randomUUID() + "@example.com";
        String id = given().auth()
                .oauth2(login(owner).accessToken())
                .contentType(ContentType.JSON)
                .body(Map.of("email", email, "name", "Some Body", "role", role, "password", FIRST_PASSWORD))
                .post("/v1/auth/users")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        return new Person(owner.tenant(), UUID.fromString(id), email);
    }

    /** Each sign-up from an address of its own, since an address has ten an hour. */
    public static ValidatableResponse signUp(String email) {
        return signUp(email, elsewhere());
    }

    public static ValidatableResponse signUp(String email, String from) {
        return from(from)
                .contentType(ContentType.JSON)
                .body(Map.of("tenant_name", "Azure Sky", "name", "Ada", "email", email, "password", PASSWORD))
                .post("/v1/auth/signup")
                .then();
    }

    /** An address of the loopback network that nobody else uses. */
    public static String elsewhere() {
        int next = ELSEWHERE.incrementAndGet();
        return "127." + (100 + next / 62_500) + "." + (1 + next / 250 % 250) + "." + (1 + next % 250);
    }

    /** A request from that address of the loopback network: no header can be trusted for that. */
    public static RequestSpecification from(String address) {
        try {
            return given().config(RestAssured.config()
                    .httpClient(HttpClientConfig.httpClientConfig()
                            .setParam("http.route.local-address", InetAddress.getByName(address))));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    public static Login login(Person person) {
        return login(person.email(), PASSWORD);
    }

    public static Login login(String email, String password) {
        return read(tryLogin(email, password).statusCode(200));
    }

    public static ValidatableResponse tryLogin(String email, String password) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("email", email, "password", password))
                .post("/v1/auth/login")
                .then();
    }

    public static ValidatableResponse refresh(String refreshToken) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("refresh_token", refreshToken))
                .post("/v1/auth/refresh")
                .then();
    }

    public static Login read(ValidatableResponse response) {
        JsonPath pair = response.extract().jsonPath();
        return new Login(pair.getString("access_token"), pair.getString("refresh_token"));
    }
}

package io.countinghouse.auth;

import static io.countinghouse.testing.Problems.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.countinghouse.testing.RawHttp;
import io.countinghouse.testing.Tokens;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every request ends; tried with short times in the service that has an operation which waits. */
@QuarkusTest
@TestProfile(FrontDoorTest.ShortTimes.class)
class FrontDoorTest {

    @TestHTTPResource("/")
    URI server;

    public static class ShortTimes implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("countinghouse.http.body-time", "300MS", "countinghouse.http.handling-time", "1S");
        }
    }

    @Test
    void aBodyThatNeverEndsIsGivenUp() throws IOException {
        // When
        String answer = RawHttp.exchange(
                server,
                "POST /v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{");

        // Then
        assertThat(answer)
                .startsWith("HTTP/1.1 408 ")
                .contains("request-timeout")
                .contains("application/problem+json");
    }

    @Test
    void anOperationThatTakesTooLongIsAnswered() {
        // When
        var answer = given().auth()
                .oauth2(Tokens.service("usage-service"))
                .get("/v1/auth/revocations?after=999999999&wait=5");

        // Then
        answer.then().spec(problem(503, "took-too-long")).header("Retry-After", "5");
    }
}

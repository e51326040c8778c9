package io.countinghouse.operations.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeaksTest {

    private static final String VALUE = "correct-horse-battery-staple";

    private final Leaks leaks = new Leaks(Map.of("database.password", VALUE, "user", "usage"), List.of());

    @Test
    void aValueIsFoundAlsoInBase64AndNamedNotShown() {
        assertThat(leaks.in("url?password=" + VALUE)).containsExactly("the value of database.password");
        assertThat(leaks.in(Base64.getEncoder().encodeToString(VALUE.getBytes())))
                .containsExactly("the value of database.password");
    }

    @Test
    void aShortValueIsAWordAndNotLookedFor() {
        assertThat(leaks.in("usage-service answers")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxMjM0NSJ9.c2lnbmF0dXJlc2ln",
                "-----BEGIN RSA PRIVATE KEY-----",
                "Authorization: Bearer abcdefghijkl",
                "{\"message\":\"headers {\\\"Authorization\\\": \\\"Basic YWxhZGRpbjpvcGVu\\\"}\"}",
                "{\"password\":\"hunter2hunter2\"}",
                "postgresql://usage:verysecretword@db:5432/usage"
            })
    void whatLooksLikeASecretIsFound(String text) {
        assertThat(leaks.in(text)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://db:5432/usage",
                "answering 401 unauthorized to GET /v1/auth/user_info",
                "password must have 12 to 128 characters",
                "quarkus.rest-client url http://auth-service:8080/v1"
            })
    void whatDoesNotIsNot(String text) {
        assertThat(leaks.in(text)).isEmpty();
    }
}

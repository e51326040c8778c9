package io.countinghouse.auth.user;

import static io.countinghouse.testing.Problems.invalid;
import static io.countinghouse.testing.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.countinghouse.auth.People;
import io.countinghouse.testing.StubService;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class SignupTest {

    @Test
    void aTenantAndItsOwnerAreCreatedWithoutTokens() {
        // Given
        String email = email();

        // When
        ValidatableResponse answer = People.signUp(email);

        // Then
        answer.statusCode(201)
                .body("tenant.name", is("Azure Sky"))
                .body("user.email", is(email))
                .body("user.role", is("owner"))
                .body("user.tenant_id", notNullValue())
                .body(not(containsString("token")))
                .body("user.password_change_required", is(false))
                .body(not(containsString(People.PASSWORD)))
                .body(not(containsString("argon2")));
    }

    @Test
    void theNewTenantIsAnnouncedToTheServicesThatKeepSomethingForIt() {
        People.Person owner = People.owner();

        await().untilAsserted(() -> assertThat(StubService.events("auth.tenant.created.v1"))
                .filteredOn(event -> event.contains(owner.tenant().toString()))
                .hasSize(2)
                .allMatch(event -> event.contains("\"owner_email\":\"" + owner.email() + "\"")
                        && event.contains("\"owner_name\":\"Ada\"")));
    }

    @Test
    void theSignUpIsInTheAuditTrail() {
        People.Person owner = People.owner();

        await().untilAsserted(() -> assertThat(StubService.events("countinghouse.audit.recorded.v1"))
                .anyMatch(event -> event.contains("\"tenant.created\"")
                        && event.contains(owner.tenant().toString())));
    }

    @Test
    void anEmailAddressIsTakenHoweverItIsCapitalised() {
        String email = email();
        People.signUp(email).statusCode(201);

        People.signUp(email.toUpperCase(Locale.ROOT)).spec(problem(409, "email-taken"));
    }

    @ParameterizedTest
    @CsvSource({
        "ada, b\u00fccher.example, ada, xn--bcher-kva.example",
        "ada, b\u00fccher.example, ADA, B\u00dcCHER.example",
        "ada, example.com, \uff41\uff44\uff41, example.com",
        "karl, example.com, \u212aarl, example.com"
    })
    void aMailboxIsOnePersonHoweverItIsSpelt(String local, String domain, String otherLocal, String otherDomain) {
        // Given
        String unique = "-" + UUID.randomUUID() + "@";
        People.signUp(local + unique + domain);

        // When
        ValidatableResponse second = People.signUp(otherLocal + unique + otherDomain);

        // Then
        second.spec(problem(409, "email-taken"));
    }

    @Test
    void theAddressIsAnsweredAsMailServersTakeIt() {
        // Given
        String name = "Ada-" + UUID.randomUUID();

        // When
        ValidatableResponse answer = People.signUp(name + "@B\u00fccher.Example");

        // Then
        answer.statusCode(201).body("user.email", is(name + "@xn--bcher-kva.example"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x@localhost",
                "x@[127.0.0.1]",
                "x@127.0.0.1",
                "\"a b\"@example.com",
                "a..b@example.com",
                ".a@example.com",
                "x@y..z",
                "\u0430da@example.com",
                "ada@ex\u0430mple.com",
                "z\u200bw@example.com",
                "\u03bd\u03b9\u03ba\u03bf\u03c2@example.com",
                "caf\u00e9@example.com",
                "m\u0130mi@example.com",
                "ada@example.com\r\nBcc: x@example.com"
            })
    void anAddressThatNoMailReachesOrThatOnlyLooksLikeOneIsRefused(String email) {
        Map<String, Object> body = body();
        body.put("email", email);

        signUp(body, null).spec(invalid("email"));
    }

    @Test
    void eightSignUpsOfOneAddressAtOnceMakeOneTenant() {
        // Given
        String email = email();

        // When
        List<Integer> statuses;
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            statuses = IntStream.range(0, 8)
                    .mapToObj(_ ->
                            threads.submit(() -> People.signUp(email).extract().statusCode()))
                    .toList()
                    .stream()
                    .map(SignupTest::get)
                    .sorted()
                    .toList();
        }

        // Then
        assertThat(statuses).containsExactly(201, 409, 409, 409, 409, 409, 409, 409);
    }

    @Test
    void theSameKeyGivesTheSameAnswerAndOneTenant() {
        // Given
        Map<String, Object> body = body();
        String key = UUID.randomUUID().toString();
        String first = signUp(body, key).statusCode(201).extract().asString();

        // When
        ValidatableResponse second = signUp(body, key);

        // Then
        second.statusCode(201).body(equalTo(first));
    }

    @Test
    void theSameKeyWithAnotherPasswordIsAnotherRequest() {
        // Given
        Map<String, Object> body = body();
        String key = UUID.randomUUID().toString();
        signUp(body, key);
        body.put("password", "quite another password");

        // When
        ValidatableResponse second = signUp(body, key);

        // Then
        second.spec(problem(409, "email-taken"));
    }

    @Test
    void twoStrangersMayUseTheSameKey() {
        // Given
        String key = UUID.randomUUID().toString();
        signUp(body(), key);

        // When
        ValidatableResponse second = signUp(body(), key);

        // Then
        second.statusCode(201);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "email, no address",
                "email, null",
                "name, ''",
                "name, null",
                "tenant_name, '   '",
                "tenant_name, null",
                "password, null"
            })
    void whatIsMissingOrMalformedIsNamed(String field, String value) {
        Map<String, Object> body = body();
        body.put(field, value);

        signUp(body, null).spec(invalid(field));
    }

    @ParameterizedTest
    @CsvSource({
        "too short",
        "'           '",
        "'            '",
        "password1234",
        "123456789012",
        "aaaaaaaaaaaa",
        "qwertyuiopas",
        "azuresky2026"
    })
    void aWeakPasswordIsRefusedAndNotQuoted(String password) {
        Map<String, Object> body = body();
        body.put("password", password);

        signUp(body, null)
                .spec(problem(400, "password-refused"))
                .body("detail", not(containsString(password)))
                .body("errors.field", is(List.of("password")));
    }

    @ParameterizedTest
    @CsvSource({"name, '\u3000'", "email, '\u3000@b.example'", "tenant_name, '\u2003'"})
    void spacesOfOtherScriptsMakeNoServerError(String field, String value) {
        Map<String, Object> body = body();
        body.put(field, value);

        signUp(body, null).statusCode(lessThan(500));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u200b",
                "\u3000",
                "\u3164",
                "\u2800",
                "a\u001b[31mb",
                "a\r\nb",
                "a\tb",
                "a\u202eb",
                "a\u2066b",
                "a\u200fb",
                "a\u2028b",
                "a\u0085b"
            })
    void aNameThatShowsNothingOrDisturbsItsLineIsRefused(String name) {
        Map<String, Object> body = body();
        body.put("name", name);

        signUp(body, null).spec(invalid("name"));
    }

    @Test
    void aTenantIsNamedInOneVisibleLine() {
        Map<String, Object> body = body();
        body.put("tenant_name", "Azure\nSky");

        signUp(body, null).spec(invalid("tenant_name"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u5c71\u7530",
                "\u0634\u0631\u06a9\u062a\u200c\u0647\u0627",
                "O\u2019Neil & Sons",
                "\ud83d\udc69\u200d\ud83d\udcbb"
            })
    void aNameMayBeOfAnyScript(String name) {
        Map<String, Object> body = body();
        body.put("name", name);

        signUp(body, null).statusCode(201).body("user.name", is(name));
    }

    @Test
    void aNulCharacterIsRefused() {
        Map<String, Object> body = body();
        body.put("name", "Ada\u0000");

        signUp(body, null).spec(invalid("name"));
    }

    @Test
    void anUnknownPropertyIsRefused() {
        Map<String, Object> body = body();
        body.put("role", "operator");

        signUp(body, null).spec(invalid("role"));
    }

    private static Map<String, Object> body() {
        return new HashMap<>(
                Map.of("tenant_name", "Azure Sky", "name", "Ada", "email", email(), "password", People.PASSWORD));
    }

    private static ValidatableResponse signUp(Map<String, Object> body, String key) {
        var request =
                People.from(People.elsewhere()).contentType(ContentType.JSON).body(body);
        if (key != null) {
            request.header("Idempotency-Key", key);
        }
        return request.post("/v1/auth/signup").then();
    }

    private static String email() {
        return "ada-" + UUID.randomUUID() + "@example.com";
    }

    private static int get(java.util.concurrent.Future<Integer> status) {
        try {
            return status.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}

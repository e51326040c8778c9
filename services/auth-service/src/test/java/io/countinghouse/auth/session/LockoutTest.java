package io.countinghouse.auth.session;

import static io.countinghouse.testing.Problems.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.countinghouse.auth.People;
import io.countinghouse.auth.TestClock;
import io.countinghouse.testing.StubService;
import io.countinghouse.testing.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Attackers and owners come from different addresses of the loopback network: no header can be trusted for that. */
@QuarkusTest
class LockoutTest {

    private static final String WRONG = "not the right password";

    @Inject
    TestClock clock;

    @Inject
    MeterRegistry metrics;

    @BeforeEach
    void stopClock() {
        clock.stop();
    }

    @AfterEach
    void resetClock() {
        clock.reset();
    }

    @Test
    void theSixthWrongAttemptFromAnAddressMustWait() {
        // Given
        People.Person owner = People.owner();
        failFiveTimes(owner, "127.0.1.1");

        // When
        ValidatableResponse sixth = login(owner.email(), WRONG, "127.0.1.1");

        // Then
        sixth.spec(problem(429, "too-many-attempts")).header("Retry-After", "1");
    }

    @Test
    void evenTheRightPasswordMustWaitThere() {
        People.Person owner = People.owner();
        failFiveTimes(owner, "127.0.1.2");

        login(owner.email(), People.PASSWORD, "127.0.1.2").spec(problem(429, "too-many-attempts"));
    }

    @Test
    void theOwnerIsNotLockedOutElsewhere() {
        People.Person owner = People.owner();
        failFiveTimes(owner, "127.0.1.3");

        login(owner.email(), People.PASSWORD, "127.0.1.4").statusCode(200);
    }

    @ParameterizedTest
    @CsvSource({
        "mimi, MIMI, 127.0.1.20",
        "karl, \u212aarl, 127.0.1.21",
        "mimi, \uff4dimi, 127.0.1.22",
        "mimi, mi\u200bmi, 127.0.1.23"
    })
    void anotherSpellingOfTheAddressIsTheSameAccount(String local, String spelling, String from) {
        // Given
        String rest = "-" + UUID.randomUUID() + "@example.com";
        People.signUp(local + rest);
        failFiveTimes(new People.Person(null, null, local + rest), from);

        // When
        ValidatableResponse sixth = login(spelling + rest, People.PASSWORD, from);

        // Then
        sixth.spec(problem(429, "too-many-attempts"));
    }

    @Test
    void aSpellingThatIsAnotherAddressOpensNothing() {
        // Given
        String rest = "-" + UUID.randomUUID() + "@example.com";
        People.signUp("mimi" + rest);

        // When
        ValidatableResponse answer = login("m\u0130mi" + rest, People.PASSWORD, "127.0.1.24");

        // Then
        answer.spec(problem(401, "invalid-credentials"));
    }

    @Test
    void anotherAccountIsNotAffectedAtThatAddress() {
        failFiveTimes(People.owner(), "127.0.1.5");
        People.Person other = People.owner();

        login(other.email(), People.PASSWORD, "127.0.1.5").statusCode(200);
    }

    @Test
    void theWaitDoublesWithEachFurtherAttempt() {
        // Given
        People.Person owner = People.owner();
        failFiveTimes(owner, "127.0.1.6");
        clock.advance(Duration.ofSeconds(2));
        login(owner.email(), WRONG, "127.0.1.6").statusCode(401);

        // When
        ValidatableResponse next = login(owner.email(), WRONG, "127.0.1.6");

        // Then
        next.spec(problem(429, "too-many-attempts")).header("Retry-After", "2");
    }

    @Test
    void afterTheWaitTheRightPasswordWorksAndCountingStartsAnew() {
        // Given
        People.Person owner = People.owner();
        failFiveTimes(owner, "127.0.1.7");
        clock.advance(Duration.ofSeconds(2));

        // When
        login(owner.email(), People.PASSWORD, "127.0.1.7").statusCode(200);

        // Then
        failFiveTimes(owner, "127.0.1.7");
    }

    @Test
    void anHourLaterCountingStartsAnew() {
        People.Person owner = People.owner();
        failFiveTimes(owner, "127.0.1.8");

        clock.advance(Duration.ofMinutes(61));

        failFiveTimes(owner, "127.0.1.8");
    }

    @Test
    void manyAttemptsAtOnceGetNoFurtherThanFive() {
        // Given
        People.Person owner = People.owner();

        // When
        List<Integer> statuses;
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            statuses = IntStream.range(0, 16)
                    .mapToObj(_ -> threads.submit(() ->
                            login(owner.email(), WRONG, "127.0.1.9").extract().statusCode()))
                    .toList()
                    .stream()
                    .map(LockoutTest::get)
                    .toList();
        }

        // Then
        assertThat(statuses).filteredOn(status -> status == 401).hasSize(5);
        assertThat(statuses).containsOnly(401, 429);
    }

    @Test
    void oneAddressCannotTryManyAccountsEither() {
        for (int attempt = 0; attempt < 50; attempt++) {
            login("nobody-" + UUID.randomUUID() + "@example.com", WRONG, "127.0.1.10")
                    .statusCode(401);
        }

        login("nobody-" + UUID.randomUUID() + "@example.com", WRONG, "127.0.1.10")
                .spec(problem(429, "too-many-attempts"));
    }

    @Test
    void whoLoggedInThereBeforeIsNotHeldUpByOthersThere() {
        // Given
        People.Person owner = People.owner();
        login(owner.email(), People.PASSWORD, "127.0.1.13").statusCode(200);
        for (int attempt = 0; attempt < 50; attempt++) {
            login("nobody-" + UUID.randomUUID() + "@example.com", WRONG, "127.0.1.13")
                    .statusCode(401);
        }

        // When
        ValidatableResponse answer = login(owner.email(), People.PASSWORD, "127.0.1.13");

        // Then
        answer.statusCode(200);
        login(People.owner().email(), People.PASSWORD, "127.0.1.13").spec(problem(429, "too-many-attempts"));
    }

    @Test
    void guessesFromManyAddressesAreSlowedTogether() {
        // Given
        People.Person owner = People.owner();
        failFromManyAddresses(owner, "127.0.3.");

        // When
        ValidatableResponse next = login(owner.email(), WRONG, "127.0.3.99");

        // Then
        next.spec(problem(429, "too-many-attempts")).header("Retry-After", "1");
    }

    @Test
    void theOwnerWhoseAddressIsKnownIsNotHeldUpByThem() {
        // Given
        People.Person owner = People.owner();
        login(owner.email(), People.PASSWORD, "127.0.4.98");
        failFromManyAddresses(owner, "127.0.4.");

        // When
        ValidatableResponse answer = login(owner.email(), People.PASSWORD, "127.0.4.98");

        // Then
        answer.statusCode(200);
        login(owner.email(), People.PASSWORD, "127.0.4.99").spec(problem(429, "too-many-attempts"));
    }

    @Test
    void anHourLaterGuessesFromEverywhereAreNotForgotten() {
        // Given
        People.Person owner = People.owner();
        failFromManyAddresses(owner, "127.0.5.");
        clock.advance(Duration.ofHours(2));
        login(owner.email(), WRONG, "127.0.5.98");

        // When
        ValidatableResponse next = login(owner.email(), WRONG, "127.0.5.99");

        // Then
        next.spec(problem(429, "too-many-attempts")).header("Retry-After", "2");
    }

    @Test
    void afterAHundredFailuresInARowAGuessFromElsewhereWaitsADay() throws SQLException {
        // Given
        People.Person owner = People.owner();
        failFromManyAddresses(owner, "127.0.6.");
        setFailures(owner, 99);
        clock.advance(Duration.ofHours(2));
        login(owner.email(), WRONG, "127.0.6.98");

        // When
        ValidatableResponse next = login(owner.email(), WRONG, "127.0.6.99");

        // Then
        next.spec(problem(429, "too-many-attempts")).header("Retry-After", "86400");
    }

    @Test
    void aSuccessTakesBackTheFailuresOfItsOwnAddressAlone() {
        // Given
        People.Person owner = People.owner();
        for (int attempt = 0; attempt < 15; attempt++) {
            login(owner.email(), WRONG, "127.0.7." + (attempt / 4 + 1));
        }
        failOften(4, owner, "127.0.7.98");

        // When
        login(owner.email(), People.PASSWORD, "127.0.7.98").statusCode(200);

        // Then
        failOften(4, owner, "127.0.7.50");
        login(owner.email(), WRONG, "127.0.7.51").statusCode(401);
        login(owner.email(), WRONG, "127.0.7.52").spec(problem(429, "too-many-attempts"));
    }

    @Test
    void guessesFromManyAddressesAreInTheAuditTrailAndCounted() {
        // Given
        People.Person owner = People.owner();
        double before = metrics.counter("auth.accounts.under.attack").count();

        // When
        failFromManyAddresses(owner, "127.0.8.");

        // Then
        assertThat(metrics.counter("auth.accounts.under.attack").count()).isEqualTo(before + 1);
        await().untilAsserted(() -> assertThat(StubService.events("countinghouse.audit.recorded.v1"))
                .filteredOn(event -> event.contains("\"user.guessing_slowed\"")
                        && event.contains(owner.id().toString()))
                .hasSize(1));
    }

    @Test
    void aForwardingHeaderDoesNotGiveAnotherAddress() {
        People.Person owner = People.owner();
        failFiveTimes(owner, "127.0.1.11");

        request(owner.email(), WRONG, "127.0.1.11")
                .header("X-Forwarded-For", "192.0.2.99")
                .header("Forwarded", "for=192.0.2.99")
                .post("/v1/auth/login")
                .then()
                .spec(problem(429, "too-many-attempts"));
    }

    @Test
    void anAccountThatDoesNotExistIsThrottledAlike() {
        People.Person nobody = new People.Person(null, null, "nobody-" + UUID.randomUUID() + "@example.com");
        failFiveTimes(nobody, "127.0.1.12");

        login(nobody.email(), WRONG, "127.0.1.12").spec(problem(429, "too-many-attempts"));
    }

    private static void failFiveTimes(People.Person person, String from) {
        failOften(5, person, from);
    }

    private static void failOften(int times, People.Person person, String from) {
        for (int attempt = 0; attempt < times; attempt++) {
            login(person.email(), WRONG, from).statusCode(401);
        }
    }

    /** All that are free for an account from everywhere, and no address reaches its own limit. */
    private static void failFromManyAddresses(People.Person person, String prefix) {
        for (int address = 1; address <= 5; address++) {
            failOften(4, person, prefix + address);
        }
    }

    private static void setFailures(People.Person person, int failures) throws SQLException {
        try (Connection database = TestDatabase.ofApplicationAsOwner();
                PreparedStatement update = database.prepareStatement("update login_throttle set attempts = ?"
                        + " where account = sha256(convert_to(?, 'UTF8')) and client_address = '*'")) {
            update.setInt(1, failures);
            update.setString(2, person.email());
            update.executeUpdate();
        }
    }

    private static ValidatableResponse login(String email, String password, String from) {
        return request(email, password, from).post("/v1/auth/login").then();
    }

    private static RequestSpecification request(String email, String password, String from) {
        return People.from(from).contentType(ContentType.JSON).body(Map.of("email", email, "password", password));
    }

    private static <T> T get(Future<T> answer) {
        try {
            return answer.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}

package io.countinghouse.auth.vault;

import static io.countinghouse.testing.Problems.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import io.countinghouse.auth.AuthTestEnvironment;
import io.countinghouse.auth.People;
import io.countinghouse.testing.VaultServer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The service with a real Vault. In an order, because the last one ends it. */
@QuarkusTest
@TestProfile(VaultTest.InVaultMode.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@EnabledIfEnvironmentVariable(named = VaultServer.BINARY, matches = ".+", disabledReason = VaultServer.SKIPPED)
class VaultTest {

    @TestHTTPResource(value = "/metrics", management = true)
    URL metrics;

    @TestHTTPResource(value = "/health/ready", management = true)
    URL ready;

    @Test
    @Order(1)
    void tokensAreSignedByTheTransitKeyAndVerifiedByTheKeySet() {
        // When
        People.Login login = operator();

        // Then
        whoAmI(login.accessToken()).statusCode(200);
        given().get("/.well-known/jwks.json").then().body("keys.kid", hasItem(kidOf(login.accessToken())));
        scrape().body(containsString(
                "auth_secret_info{secret=\"access-token\",source=\"vault\",version=\"" + kidOf(login.accessToken())));
    }

    /** Only Vault says that keys need no age before they sign. */
    @Test
    @Order(2)
    void afterARotationAnotherVersionSignsAndTokensOfTheOneBeforeHold() {
        // Given
        People.Login before = operator();

        // When
        given().auth()
                .oauth2(before.accessToken())
                .post("/v1/auth/keys/rotate")
                .then()
                .statusCode(200)
                .body("data.state", hasItem("RETIRED"));

        // Then
        People.Login after = operator();
        assertThat(kidOf(after.accessToken())).isNotEqualTo(kidOf(before.accessToken()));
        whoAmI(before.accessToken()).statusCode(200);
        whoAmI(after.accessToken()).statusCode(200);
    }

    @Test
    @Order(3)
    void aNewSessionSecretEndsNoSession() {
        // Given
        People.Login before = operator();
        String second = "the second session secret of the tests, long";
        VaultServer.put(
                "auth-service/session", Map.of("secret", second, "previous", AuthTestEnvironment.SESSION_SECRET));
        await().until(() ->
                scrape().extract().asString().contains("secret=\"session\",source=\"vault\",version=\"1\""));

        // When
        People.Login after = People.read(People.refresh(before.refreshToken()).statusCode(200));
        VaultServer.put(
                "auth-service/session",
                Map.of("secret", "the third session secret of the tests, long", "previous", second));

        // Then: also at once, before the service has looked.
        People.refresh(after.refreshToken()).statusCode(200);
    }

    @Test
    @Order(4)
    void loginsToTheDatabaseChangeUnderLoadAndNoRequestFails() {
        // Given
        Instant limit = Instant.now().plus(Duration.ofMinutes(3));
        String token = operator().accessToken();
        Set<String> first = leasedLogins();
        Set<String> seen = new TreeSet<>(first);
        Set<String> now = first;
        Set<Integer> statuses = new TreeSet<>();

        // When: until the login has changed twice, and what was there first is gone.
        while ((seen.size() < first.size() + 2 || !Collections.disjoint(now, first))
                && Instant.now().isBefore(limit)) {
            statuses.add(whoAmI(token).extract().statusCode());
            statuses.add(People.tryLogin(AuthTestEnvironment.OPERATOR_EMAIL, AuthTestEnvironment.OPERATOR_PASSWORD)
                    .extract()
                    .statusCode());
            now = leasedLogins();
            seen.addAll(now);
        }

        // Then
        assertThat(statuses).containsExactly(200);
        assertThat(seen).hasSizeGreaterThanOrEqualTo(first.size() + 2);
        assertThat(now).doesNotContainAnyElementsOf(first).hasSizeLessThan(4);
        assertThat(lease()).isBetween(0.0, (double) VaultServer.LEASE.toSeconds());
    }

    @Test
    @Order(5)
    void whileVaultHangsLoginsAreRefusedSoonAndTheRestGoesOn() {
        // Given
        People.Login login = operator();
        VaultServer.pause();
        try {
            // When
            Instant asked = Instant.now();
            ValidatableResponse refused =
                    People.tryLogin(AuthTestEnvironment.OPERATOR_EMAIL, AuthTestEnvironment.OPERATOR_PASSWORD);
            Duration waited = Duration.between(asked, Instant.now());

            // Then
            refused.spec(problem(503, "secret-store-unavailable")).header("Retry-After", "5");
            // It hangs for as long as the test lets it; a busy machine takes its time.
            assertThat(waited).isLessThan(Duration.ofSeconds(15));
            People.refresh(login.refreshToken()).spec(problem(503, "secret-store-unavailable"));
            given().formParam("grant_type", "client_credentials")
                    .formParam("client_id", "usage-service")
                    .formParam("client_secret", AuthTestEnvironment.SERVICE_SECRET)
                    .post("/v1/auth/token")
                    .then()
                    .spec(problem(503, "secret-store-unavailable"));
            whoAmI(login.accessToken()).statusCode(200);
            given().get(ready).then().statusCode(200);
        } finally {
            VaultServer.resume();
        }
        // The refresh that was refused has used nothing up, however long ago it was.
        await().untilAsserted(() -> People.refresh(login.refreshToken()).statusCode(200));
    }

    @Test
    @Order(6)
    void afterVaultHasDiedTokensAndReadinessHoldAndFailuresAreCounted() {
        // Given
        String token = operator().accessToken();
        VaultServer.kill();

        // When
        ValidatableResponse refused =
                People.tryLogin(AuthTestEnvironment.OPERATOR_EMAIL, AuthTestEnvironment.OPERATOR_PASSWORD);

        // Then
        refused.spec(problem(503, "secret-store-unavailable"));
        whoAmI(token).statusCode(200);
        given().get(ready).then().statusCode(200).body("status", is("UP"));
        await().until(() -> value("auth_secret_failures_total{secret=\"session\"}") >= 1);
    }

    private static People.Login operator() {
        return People.login(AuthTestEnvironment.OPERATOR_EMAIL, AuthTestEnvironment.OPERATOR_PASSWORD);
    }

    private static ValidatableResponse whoAmI(String token) {
        return given().auth().oauth2(token).get("/v1/auth/user_info").then();
    }

    private ValidatableResponse scrape() {
        return given().get(metrics).then().statusCode(200);
    }

    private double lease() {
        return value("auth_database_lease_seconds{role=\"app\"}");
    }

    private double value(String series) {
        return scrape().extract()
                .asString()
                .lines()
                .filter(line -> line.startsWith(series))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .findFirst()
                .orElse(Double.NaN);
    }

    /** As PostgreSQL has them now. */
    private static Set<String> leasedLogins() {
        Set<String> names = new HashSet<>();
        try (var connection = DriverManager.getConnection(
                        System.getProperty("countinghouse.test.jdbc-url"), "postgres", "postgres");
                var rows = connection
                        .createStatement()
                        .executeQuery("select rolname from pg_roles where rolname like 'v-%auth%'")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return names;
    }

    private static String kidOf(String token) {
        String header = new String(Base64.getUrlDecoder().decode(token.split("\\.")[0]), StandardCharsets.UTF_8);
        return new JsonObject(header).getString("kid");
    }

    /** As an installation that keeps its secrets in Vault. */
    public static class InVaultMode implements QuarkusTestProfile {
        @Override
        public String getConfigProfile() {
            return "test,vault";
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(VaultServer.class, VaultServer.of("auth-service")));
        }
    }
}

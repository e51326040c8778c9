package io.countinghouse.databases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that lets nobody in without TLS, with a certificate of an authority that nobody else knows. */
class TlsTest {

    @TempDir
    static Path folder;

    @TempDir
    Path own;

    private static Server server;
    private static Certificates certificates;
    private static Certificates foreign;

    @BeforeAll
    static void start() throws IOException, SQLException, InterruptedException, GeneralSecurityException {
        certificates = Certificates.make(folder.resolve("certificates"));
        foreign = Certificates.make(folder.resolve("foreign"));
        server = Server.start(folder);
        server.requireTls(certificates);
        Operations made = Operations.databases(withTls(Operations.environment(server), certificates));
        assertThat(made.exit()).as(made.said()).isZero();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aServiceMigratesAndWorksAndNothingOfItIsClear() throws IOException, SQLException, GeneralSecurityException {
        // Given
        try (UsageService service =
                UsageService.start(own, withTls(UsageService.environment(server.port()), certificates))) {
            service.awaitReady();

            // When
            int status = service.define("encrypted");

            // Then
            assertThat(status).isEqualTo(201);
            assertThat(server.texts(
                            "postgres",
                            "select distinct usename || ' ' || ssl from pg_stat_ssl join pg_stat_activity using (pid)"
                                    + " where usename like 'usage%'"))
                    .containsExactly("usage_service_app true");
        }
    }

    @Test
    void requiredTlsNeedsNoAuthorityAndNoConnectionOutlivesItsTime()
            throws IOException, SQLException, GeneralSecurityException {
        // Given
        Map<String, String> environment = UsageService.environment(server.port());
        environment.put("COUNTINGHOUSE_DATABASE_TLS", "require");
        environment.put("COUNTINGHOUSE_DATABASE_MAX_LIFETIME", "2s");
        try (UsageService service = UsageService.start(own, environment)) {
            service.awaitReady();
            List<String> before = backends();

            // When
            int status = service.define("required");

            // Then
            assertThat(status).isEqualTo(201);
            assertThat(before).isNotEmpty();
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> backends().stream().noneMatch(before::contains));
        }
    }

    @Test
    void aServerOfAnotherAuthorityIsNotBelieved() throws IOException, InterruptedException, GeneralSecurityException {
        // When
        Operations made = Operations.databases(withTls(Operations.environment(server), foreign));

        // Then
        assertThat(made.exit()).isEqualTo(1);
        assertThat(made.said())
                .contains("cannot connect to jdbc:postgresql://localhost")
                .contains("PKIX path");
        try (UsageService service =
                UsageService.start(own, withTls(UsageService.environment(server.port()), foreign))) {
            assertThat(service.awaitEnd()).isNotZero();
            assertThat(service.log()).contains("PKIX path");
        }
    }

    @Test
    void aNameThatIsNotCertifiedIsNotBelieved() throws IOException, InterruptedException {
        // Given
        Map<String, String> environment = withTls(Operations.environment(server), certificates);
        environment.put("COUNTINGHOUSE_DATABASE_HOST", "127.0.0.1");

        // When
        Operations made = Operations.databases(environment);

        // Then
        assertThat(made.exit()).isEqualTo(1);
        assertThat(made.said()).contains("127.0.0.1").contains("could not be verified");
    }

    @Test
    void withoutTlsNobodyIsLetIn() throws IOException, InterruptedException {
        // When
        Operations made = Operations.databases(Operations.environment(server));

        // Then
        assertThat(made.exit()).isEqualTo(1);
        assertThat(made.said()).contains("no encryption");
    }

    @Test
    void aMistakeInTheSettingsIsSaidInTheirWords() throws IOException, InterruptedException, GeneralSecurityException {
        // Given
        Map<String, String> environment = UsageService.environment(server.port());
        environment.put("COUNTINGHOUSE_DATABASE_TLS", "verify-full");
        environment.put("COUNTINGHOUSE_DATABASE_CA", "/nowhere/ca.pem");

        // When
        try (UsageService service = UsageService.start(own, environment)) {
            // Then
            assertThat(service.awaitEnd()).isNotZero();
            assertThat(service.log()).contains("countinghouse.database.ca is '/nowhere/ca.pem', which cannot be read");
        }
    }

    private static List<String> backends() throws SQLException {
        return server.texts("postgres", "select pid from pg_stat_activity where usename = 'usage_service_app'");
    }

    private static Map<String, String> withTls(Map<String, String> environment, Certificates certificates) {
        environment.put("COUNTINGHOUSE_DATABASE_TLS", "verify-full");
        environment.put("COUNTINGHOUSE_DATABASE_CA", certificates.authority().toString());
        return environment;
    }
}

package io.countinghouse.operations.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import io.countinghouse.operations.ServiceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which processes of the machine an installation of scripts/up answers for. */
class LocalSiteTest {

    private static final String SECRET = "a-value-of-this-installation-alone";
    private static final String BEARER = "Authorization: Bearer abcdefghijklmnop";

    /** Where no stack listens: PostgreSQL's would be 49,432. */
    private static final int OFFSET = 41_000;

    @TempDir
    Path data;

    private Process process;

    @BeforeEach
    void makeSecrets() throws IOException {
        Path file = data.resolve("secrets.properties");
        Files.writeString(file, "database.usage_service_app=" + SECRET + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    @AfterEach
    void end() {
        process.destroy();
    }

    @Test
    void aTokenOnSomebodyElsesCommandLineIsNoFaultOfThisInstallation() throws IOException {
        // Given
        start(new ProcessBuilder(), BEARER);

        // When
        Finding finding = check();

        // Then
        assertThat(finding.problems()).isEmpty();
    }

    @Test
    void aSecretOfThisInstallationIsFoundOnAnyCommandLine() throws IOException {
        // Given
        start(new ProcessBuilder(), SECRET);

        // When
        Finding finding = check();

        // Then
        assertThat(finding.problems())
                .containsExactly("the command line of process " + process.pid()
                        + " holds the value of database.usage_service_app");
    }

    private enum Own {
        TOLD_OF_ITS_DATABASE,
        WORKS_IN_ITS_FOLDER,
        NAMES_ITS_FOLDER
    }

    @ParameterizedTest
    @EnumSource
    void aTokenOnACommandLineOfItsOwnIsFound(Own own) throws IOException {
        // Given
        ProcessBuilder builder = new ProcessBuilder();
        String named = "";
        switch (own) {
            case TOLD_OF_ITS_DATABASE ->
                builder.environment().putAll(Map.of("COUNTINGHOUSE_DATABASE_PORT", String.valueOf(8432 + OFFSET)));
            case WORKS_IN_ITS_FOLDER -> builder.directory(data.toFile());
            case NAMES_ITS_FOLDER -> named = " --data " + data;
        }
        start(builder, BEARER + named);

        // When
        Finding finding = check();

        // Then
        assertThat(finding.problems())
                .containsExactly("the command line of process " + process.pid() + " holds an Authorization header");
    }

    private void start(ProcessBuilder builder, String argument) throws IOException {
        process = builder.command("sh", "-c", "read -r wait", "sh", argument).start();
    }

    private Finding check() {
        Limits limits = new Limits(1, Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(1), Clock.systemUTC());
        try (LocalSite site = new LocalSite(data, data, OFFSET, null)) {
            return new SecretCheck(site, new Http(Optional.empty()), limits).configuration(ServiceName.USAGE);
        }
    }
}

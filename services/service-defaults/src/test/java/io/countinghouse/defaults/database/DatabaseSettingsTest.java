package io.countinghouse.defaults.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseSettingsTest {

    @TempDir
    Path folder;

    @Test
    void withoutTlsBothDriversUseNone() {
        assertThat(DatabaseSettings.of("disable", "", "true"))
                .containsEntry("countinghouse.database.jdbc-parameters", "sslmode=disable")
                .containsEntry("quarkus.datasource.reactive.postgresql.ssl-mode", "disable")
                .doesNotContainKey("quarkus.datasource.reactive.trust-all");
    }

    @Test
    void anyCertificateWillDoWhereTlsIsOnlyRequired() {
        assertThat(DatabaseSettings.of("require", "", "true"))
                .containsEntry("countinghouse.database.jdbc-parameters", "sslmode=require")
                .containsEntry("quarkus.datasource.reactive.postgresql.ssl-mode", "require")
                .containsEntry("quarkus.datasource.reactive.trust-all", "true");
    }

    @Test
    void bothDriversCheckNameAndAuthority() throws IOException {
        // Given
        Path authority = Files.writeString(folder.resolve("ca & co.pem"), "-----BEGIN CERTIFICATE-----\n");

        // When
        var settings = DatabaseSettings.of("verify-full", authority.toString(), "true");

        // Then
        assertThat(settings)
                .containsEntry("quarkus.datasource.reactive.postgresql.ssl-mode", "verify-full")
                .containsEntry("quarkus.datasource.reactive.trust-certificate-pem", "true")
                .containsEntry("quarkus.datasource.reactive.trust-certificate-pem.certs", authority.toString())
                .containsEntry("quarkus.datasource.reactive.hostname-verification-algorithm", "HTTPS")
                .doesNotContainKey("quarkus.datasource.reactive.trust-all");
        assertThat(settings.get("countinghouse.database.jdbc-parameters"))
                .startsWith("sslmode=verify-full&sslrootcert=")
                .endsWith("ca+%26+co.pem");
    }

    @Test
    void statementsThatAPoolerCannotKeepAreNotKeptHereAndSentAtOnce() {
        assertThat(DatabaseSettings.of("disable", "", "false"))
                .containsEntry("quarkus.datasource.reactive.cache-prepared-statements", "false")
                .containsEntry("quarkus.datasource.reactive.postgresql.use-layer7-proxy", "true");
    }

    @Test
    void aRefusalSaysWhatToSet() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing");

        assertThatThrownBy(() -> DatabaseSettings.of("prefer", "", "true"))
                .hasMessage("countinghouse.database.tls is 'prefer'; it is one of disable, require and verify-full");
        assertThatThrownBy(() -> DatabaseSettings.of("verify-full", "", "true"))
                .hasMessageContaining("needs countinghouse.database.ca");
        assertThatThrownBy(() -> DatabaseSettings.of("verify-full", "/nowhere.pem", "true"))
                .hasMessageContaining("'/nowhere.pem', which cannot be read: NoSuchFileException");
        assertThatThrownBy(() -> DatabaseSettings.of("verify-full", empty.toString(), "true"))
                .hasMessageContaining("holds no certificate in PEM");
        assertThatThrownBy(() -> DatabaseSettings.of("disable", "", "no"))
                .hasMessage("countinghouse.database.cached-statements is 'no'; it is true or false");
    }
}

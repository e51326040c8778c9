package io.countinghouse.defaults.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedAuthoritiesTest {

    @TempDir
    Path folder;

    @Test
    void theCompanysAuthoritiesAreTrustedBesideTheWellKnownOnes() throws Exception {
        // Given
        Path keys = folder.resolve("company.p12");
        keytool("-genkeypair", "-alias", "company", "-keyalg", "EC", "-dname", "CN=Company Root", "-ext", "bc:c");
        Path pem = folder.resolve("company.pem");
        keytool("-exportcert", "-rfc", "-alias", "company", "-file", pem.toString());

        // When
        Path store = TrustedAuthorities.storeWith(pem);

        // Then
        KeyStore trusted = KeyStore.getInstance(store.toFile(), "not-a-secret".toCharArray());
        assertThat(keys).exists();
        List<String> names = Collections.list(trusted.aliases()).stream()
                .map(alias -> subjectOf(trusted, alias))
                .toList();
        assertThat(names).contains("CN=Company Root").hasSizeGreaterThan(50);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"})
    void aFileWithoutACertificateIsRefused(String content) throws Exception {
        // Given
        Path pem = Files.writeString(folder.resolve("bundle.pem"), content);

        // Then
        assertThatThrownBy(() -> TrustedAuthorities.storeWith(pem))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(pem.toString());
    }

    private static String subjectOf(KeyStore store, String alias) {
        try {
            return ((X509Certificate) store.getCertificate(alias))
                    .getSubjectX500Principal()
                    .getName();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void keytool(String... arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(
                List.of("-keystore", folder.resolve("company.p12").toString(), "-storepass", "changeit", "-noprompt"));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}

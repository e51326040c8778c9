package io.countinghouse.operations.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code .env.example} names what compose.yaml asks for, gives nothing away, and {@code compose/make-env} fills it in. */
class EnvironmentFileTest {

    private static final Set<String> MAY_STAY_EMPTY = Set.of(
            "SMTP_USERNAME",
            "SMTP_PASSWORD",
            "OPENAI_URL",
            "OTLP_ENDPOINT",
            "OPENAI_API_KEY",
            "STRIPE_API_KEY",
            "AUTH_PREVIOUS_SESSION_SECRET");

    private static final String COMPOSE = Sources.text("compose.yaml") + Sources.text("compose/observability.yaml");

    @TempDir
    private Path folder;

    @Test
    void itNamesExactlyWhatComposeAsksFor() {
        // When
        Set<String> asked = Sources.matches("(?<!\\$)\\$\\{([A-Z_]+)[^}]*}", COMPOSE)
                .collect(Collectors.toCollection(TreeSet::new));
        // Then
        assertThat(values(Sources.text(".env.example")).keySet()).containsExactlyElementsOf(asked);
    }

    @Test
    void noValueWorksByItself() {
        // When
        Map<String, String> values = values(Sources.text(".env.example"));
        // Then
        assertThat(values)
                .hasSizeGreaterThan(50)
                .allSatisfy((name, value) -> assertThat(value).as(name).isEmpty());
    }

    @Test
    void composeSaysOfEachWhatIsMissingUnlessItMayStayEmpty() {
        // When
        List<String> references =
                Sources.matches("(?<!\\$)\\$\\{([A-Z_]+[^}]*)}", COMPOSE).toList();
        // Then
        assertThat(references)
                .allSatisfy(reference -> assertThat(reference)
                        .matches(
                                MAY_STAY_EMPTY.contains(reference.replaceAll("\\W.*", ""))
                                        ? "[A-Z_]+:-"
                                        : "[A-Z_]+:\\?[A-Za-z].{8,}"));
    }

    @Test
    void makeEnvGeneratesEverySecretAndTheHashesFit() throws Exception {
        // Given
        Path file = folder.resolve(".env");
        // When
        String said = makeEnv(file, 0);
        // Then
        Map<String, String> values = values(Files.readString(file));
        assertThat(values.keySet())
                .isEqualTo(values(Sources.text(".env.example")).keySet());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        List<String> secrets = values.keySet().stream()
                .filter(name -> name.matches(".*(PASSWORD|SECRET|_KEY|TOKEN)") && !MAY_STAY_EMPTY.contains(name))
                .toList();
        assertThat(secrets).hasSizeGreaterThan(25);
        assertThat(secrets)
                .allSatisfy(name -> assertThat(values.get(name)).as(name).hasSizeGreaterThanOrEqualTo(32));
        assertThat(secrets.stream().map(values::get).distinct()).hasSameSizeAs(secrets);
        assertThat(values.keySet().stream().filter(name -> name.endsWith("_HASH")))
                .hasSize(7)
                .allSatisfy(name -> assertThat(values.get(name))
                        .isEqualTo(sha256(values.get(name.substring(0, name.length() - "_HASH".length())))));
        values.forEach((name, value) -> assertThat(said.contains(" " + name + " ") || said.endsWith(" " + name + "\n"))
                .as(name + " is said to be missing")
                .isEqualTo(value.isEmpty()));
    }

    @Test
    void makeEnvLeavesAFileThatIsThereAsItIs() throws Exception {
        // Given
        Path file = Files.writeString(folder.resolve(".env"), "KEPT=1\n");
        // When
        String said = makeEnv(file, 1);
        // Then
        assertThat(said).contains("is left as it is");
        assertThat(file).hasContent("KEPT=1");
    }

    private static String makeEnv(Path file, int status) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Sources.root().resolve("compose/make-env").toString(), "--out", file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(status);
        return said;
    }

    private static Map<String, String> values(String text) {
        Map<String, String> values = new TreeMap<>();
        text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(line -> {
            assertThat(line).matches("[A-Z][A-Z0-9_]*=.*");
            values.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
        });
        return values;
    }

    private static String sha256(String secret) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

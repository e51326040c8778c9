package io.countinghouse.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

    @TempDir
    Path folder;

    @Test
    void aSecretIsMadeOnceAndSurvivesARestart() {
        String first = Secrets.in(folder).get("a");

        assertThat(Secrets.in(folder).get("a")).isEqualTo(first).hasSizeGreaterThan(40);
        assertThat(Secrets.in(folder).get("b")).isNotEqualTo(first);
    }

    @Test
    void onlyTheOwnerCanReadThem() throws IOException {
        Secrets secrets = Secrets.in(folder);

        secrets.get("a");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets.file())))
                .isEqualTo("rw-------");
    }
}

package io.countinghouse.auth.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ServerSecretTest {

    private static final byte[] PLAIN = "a private key".getBytes(StandardCharsets.UTF_8);

    private final ServerSecret secret = new ServerSecret(() -> "0123456789abcdef0123456789abcdef");

    @Test
    void whatWasEncryptedIsDecrypted() {
        assertThat(secret.decrypt("key 1", secret.encrypt("key 1", PLAIN))).isEqualTo(PLAIN);
    }

    @Test
    void theSamePlaintextGivesAnotherCiphertextEachTime() {
        assertThat(secret.encrypt("key 1", PLAIN)).isNotEqualTo(secret.encrypt("key 1", PLAIN));
    }

    @Test
    void aCiphertextOfAnotherContextIsRefused() {
        byte[] sealed = secret.encrypt("key 1", PLAIN);

        assertThatThrownBy(() -> secret.decrypt("key 2", sealed)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anotherSecretDoesNotDecryptAndTheErrorSaysWhatToLookAt() {
        ServerSecret other = new ServerSecret(() -> "another secret of enough characters");

        assertThatThrownBy(() -> other.decrypt("key 1", secret.encrypt("key 1", PLAIN)))
                .hasMessageContaining("key-encryption-secret changed");
    }

    @Test
    void derivationIsTheSameForTheSamePurposeAndInputOnly() {
        assertThat(secret.derive("refresh-token", PLAIN))
                .hasSize(32)
                .isEqualTo(secret.derive("refresh-token", PLAIN))
                .isNotEqualTo(secret.derive("service-account", PLAIN));
    }

    @Test
    void aShortSecretIsRefusedWithoutBeingQuoted() {
        assertThatThrownBy(() -> new ServerSecret(() -> "hunter2"))
                .hasMessageContaining("at least 32 characters, has 7")
                .message()
                .doesNotContain("hunter2");
    }
}

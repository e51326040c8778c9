package io.countinghouse.defaults.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SecretBoxTest {

    private static final byte[] PLAIN = "a private key".getBytes(StandardCharsets.UTF_8);
    private static final byte[] KEY_1 = {1};
    private static final byte[] KEY_2 = {2};

    private final SecretBox secret = new SecretBox("some.secret", "0123456789abcdef0123456789abcdef");

    @Test
    void whatWasEncryptedIsDecrypted() {
        assertThat(secret.open(secret.seal(PLAIN, KEY_1), KEY_1)).isEqualTo(PLAIN);
    }

    @Test
    void theSamePlaintextGivesAnotherCiphertextEachTime() {
        assertThat(secret.seal(PLAIN, KEY_1)).isNotEqualTo(secret.seal(PLAIN, KEY_1));
    }

    @Test
    void aCiphertextOfAnotherContextIsRefused() {
        byte[] sealed = secret.seal(PLAIN, KEY_1);

        assertThatThrownBy(() -> secret.open(sealed, KEY_2)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anotherSecretDoesNotDecryptAndTheErrorSaysWhatToLookAt() {
        SecretBox other = new SecretBox("some.secret", "another secret of enough characters");

        assertThatThrownBy(() -> other.open(secret.seal(PLAIN, KEY_1), KEY_1))
                .hasMessageContaining("some.secret is not the one");
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
        assertThatThrownBy(() -> new SecretBox("some.secret", "hunter2"))
                .hasMessageContaining("at least 32 characters, has 7")
                .message()
                .doesNotContain("hunter2");
    }
}

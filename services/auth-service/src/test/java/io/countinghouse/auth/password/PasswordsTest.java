package io.countinghouse.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {

    @ParameterizedTest
    @ValueSource(ints = {12, 128})
    void lengthsFromTwelveTo128AreAccepted(int length) {
        assertThat(Passwords.accept("x".repeat(length), "a@b.example")).hasSize(length);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 11, 129})
    void otherLengthsAreRefused(int length) {
        assertThatThrownBy(() -> Passwords.accept("x".repeat(length), "a@b.example"))
                .hasMessageContaining("12 to 128 characters, has " + length);
    }

    @Test
    void charactersAreCountedNotCodeUnits() {
        assertThat(Passwords.accept("\uD83D\uDD11".repeat(12), "a@b.example")).hasSize(24);
    }

    @Test
    void theEmailAddressIsNoPassword() {
        assertThatThrownBy(() -> Passwords.accept("Somebody@Example.com", "somebody@example.com"))
                .hasMessageContaining("must not be the e-mail address");
    }

    @Test
    void compositionOfCharactersDoesNotMatter() {
        assertThat(Passwords.normalise("cafe\u0301 \uFB01ve")).isEqualTo("caf\u00E9 five");
    }
}

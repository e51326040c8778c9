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
        String password = "kd83 vm!qz wp0xn tr7 jh2 ".repeat(6).substring(0, length);

        assertThat(Passwords.accept(password, "a@b.example")).hasSize(length);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 11, 129})
    void otherLengthsAreRefused(int length) {
        assertThatThrownBy(() -> Passwords.accept("x".repeat(length), "a@b.example"))
                .hasMessageContaining("12 to 128 characters, has " + length);
    }

    @Test
    void charactersAreCountedNotCodeUnits() {
        String keys = "\uD83D\uDD11\uD83D\uDE80\uD83C\uDF0A\uD83D\uDC22\uD83C\uDFBA\uD83E\uDDC2";

        assertThat(Passwords.accept(keys + "kq7vzp", "a@b.example")).hasSize(18);
    }

    @Test
    void theEmailAddressIsNoPassword() {
        assertThatThrownBy(() -> Passwords.accept("Somebody@Example.com", "somebody@example.com"))
                .hasMessageContaining("must not be the e-mail address");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password1234",
                "Password123!",
                "P@ssw0rd1234",
                "passwordpassword",
                "123456789012",
                "987654321098",
                "0123456789ab",
                "abcdefghijkl",
                "zyxwvutsrqpo",
                "acegikmoqsuw",
                "aaaaaaaaaaaa",
                "abcabcabcabc",
                "111111222222",
                "            ",
                "\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000",
                "\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b\u200b",
                "qwertyuiopas",
                "qwertzuiopas",
                "azertyuiopqs",
                "1q2w3e4r5t6y",
                "qazwsxedcrfv",
                "mnbvcxzlkjhg",
                "\u0439\u0446\u0443\u043a\u0435\u043d\u0433\u0448\u0449\u0437\u0445\u044a",
                "\uff50\uff41\uff53\uff53\uff57\uff4f\uff52\uff441234",
                "iloveyou1234",
                "letmein12345",
                "welcome12345",
                "superman2024",
                "drowssap4321",
                "January2024!",
                "19900101199001",
                "countinghouse",
                "Countinghouse2026!",
                "ada.lovelace1",
                "AdaLovelace2026",
                "azuresky1234",
            })
    void whatIsEasyToGuessIsRefused(String password) {
        assertThatThrownBy(() -> Passwords.accept(password, "ada.lovelace@example.com", "Ada Lovelace", "Azure Sky"))
                .isInstanceOf(WeakPasswordException.class)
                .hasMessageContaining("easy to guess")
                .hasMessageNotContaining(password.strip().isEmpty() ? "\u0000" : password);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "correct horse battery staple",
                "a long enough password",
                "Tr0ub4dor&3 and more",
                "xkqvzwpfjhmt",
                "804217359166",
                "\u6625\u306f\u3042\u3051\u307c\u306e\u3084\u3046\u3084\u3046\u767d\u304f",
                "meine Oma f\u00e4hrt Motorrad",
            })
    void whatTakesManyGuessesIsAccepted(String password) {
        assertThat(Passwords.accept(password, "ada.lovelace@example.com", "Ada Lovelace", "Azure Sky"))
                .isEqualTo(Passwords.normalise(password));
    }

    @Test
    void compositionOfCharactersDoesNotMatter() {
        assertThat(Passwords.normalise("cafe\u0301 \uFB01ve")).isEqualTo("caf\u00E9 five");
    }
}

package io.countinghouse.defaults.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTextTest {

    private final VisibleText.Validator validator = new VisibleText.Validator();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ada", " Ada Lovelace ", "O\u2019Neil & Sons", "\u5c71\u7530",
                        "\u0634\u0631\u06a9\u062a\u200c\u0647\u0627",
                "\ud83d\udc69\u200d\ud83d\udcbb", "\u2764\ufe0f", "-", "7", "\u0928\u093f",
            })
    void aNameOfAnyScriptIsVisible(String text) {
        assertThat(validator.isValid(text, null)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "\u3000",
                "\u200b",
                "\u200b\u200d",
                "\u00ad",
                "\u3164",
                "\u115f",
                "\u2800",
                "\ufe0f",
                "\u2060",
                "\ufeff",
                "\u0301",
                "\ue0041"
            })
    void aNameThatShowsNothingIsRefused(String text) {
        assertThat(validator.isValid(text, null)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u001b[31mred",
                "a\rb",
                "a\nb",
                "a\tb",
                "a\u0000b",
                "a\u007fb",
                "a\u0085b",
                "a\u2028b",
                "a\u2029b",
                "Welcome \u202egnp.exe",
                "a\u2066b",
                "a\u200fb",
                "a\u061cb",
                "a\ufffeb",
                "a\ue000b",
                "a\ud800b",
            })
    void aNameThatDisturbsItsLineIsRefused(String text) {
        assertThat(validator.isValid(text, null)).isFalse();
    }
}

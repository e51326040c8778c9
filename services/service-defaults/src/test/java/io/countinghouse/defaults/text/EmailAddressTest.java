package io.countinghouse.defaults.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    @ParameterizedTest
    @CsvSource({
        "Ada.Lovelace@Example.COM, Ada.Lovelace@example.com, ada.lovelace@example.com",
        "ada+test@example.com, ada+test@example.com, ada+test@example.com",
        "o'neil@example.com, o'neil@example.com, o'neil@example.com",
        "ada@b\u00fccher.example, ada@xn--bcher-kva.example, ada@xn--bcher-kva.example",
        "ada@BU\u0308CHER.example, ada@xn--bcher-kva.example, ada@xn--bcher-kva.example",
        "ada@XN--BCHER-KVA.example, ada@xn--bcher-kva.example, ada@xn--bcher-kva.example",
        "ada@stra\u00dfe.example, ada@xn--strae-oqa.example, ada@xn--strae-oqa.example",
        "\uff46\uff57@example.com, fw@example.com, fw@example.com",
        "ada\uff20example\uff0ecom, ada@example.com, ada@example.com",
        "\u212aelvin@example.com, Kelvin@example.com, kelvin@example.com",
        "ada@\u4f8b\u3048.\u30c6\u30b9\u30c8, ada@xn--r8jz45g.xn--zckzah, ada@xn--r8jz45g.xn--zckzah",
    })
    void everySpellingHasOneCanonicalForm(String text, String deliverable, String canonical) {
        // When
        EmailAddress address = EmailAddress.of(text);

        // Then
        assertThat(address).isEqualTo(new EmailAddress(deliverable, canonical));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "ada",
                "@example.com",
                "ada@",
                "ada@@example.com",
                "a..b@example.com",
                ".a@example.com",
                "a.@example.com",
                "ada@x..z",
                "ada@.example.com",
                "ada@example.com.",
                "ada@localhost",
                "ada@[127.0.0.1]",
                "ada@127.0.0.1",
                "ada@example.123",
                "\"a b\"@example.com",
                "\"ada\"@example.com",
                "a b@example.com",
                " ada@example.com",
                "ada@example.com ",
                "ada(x)@example.com",
                "ada@exa mple.com",
                "ada@exa_mple.com",
                "ada@-example.com",
                "ada@example-.com",
                "ada\r\nBcc:x@example.com",
                "ada\u0000@example.com",
                "a\u200bda@example.com",
                "ada@exam\u200bple.com",
                "ada\u00ad@example.com",
                "ada\u202e@example.com",
                "\u0430da@example.com",
                "ada@ex\u0430mple.com",
                "ada@xn--exmple-4nf.com",
                "\u03bd\u03b9\u03ba\u03bf\u03c2@example.com",
                "caf\u00e9@example.com",
                "m\u0130mi@example.com",
                "ada@xn--a.example",
                "ada@\ud800.example",
                "12345678901234567890123456789012345678901234567890123456789012345@example.com",
            })
    void whatNoServerTakesOrOnlyLooksLikeAnotherIsRefused(String text) {
        assertThatThrownBy(() -> EmailAddress.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("must ");
    }

    @ParameterizedTest
    @CsvSource({
        "\u03bd\u03b9\u03ba\u03bf\u03c2@x.example, \u039d\u0399\u039a\u039f\u03a3@x.example",
        "caf\u00e9@x.example, CAFE\u0301@x.example",
        "zw@x.example, z\u200bw@X.EXAMPLE",
        "stra\u00dfe@x.example, STRASSE@x.example",
        "ada@b\u00fccher.example, ADA@xn--BCHER-kva.example",
        "' ada@x.example ', ada@x.example",
        "ada@localhost, ADA@LOCALHOST",
        "not an address, NOT AN ADDRESS",
    })
    void comparingIsDoneByTheCanonicalForm(String one, String other) {
        assertThat(EmailAddress.isSame(one, other)).isTrue();
    }

    @Test
    void aDottedCapitalIIsAnotherLetter() {
        assertThat(EmailAddress.isSame("m\u0130mi@x.example", "mimi@x.example")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ada@Example.com", "ada@b\u00fccher.example", "\uff46\uff57@example.com"})
    void theCanonicalFormOfAnAddressIsThatOfItsText(String text) {
        assertThat(EmailAddress.canonical(text)).isEqualTo(EmailAddress.of(text).canonical());
    }
}

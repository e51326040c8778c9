package io.countinghouse.ai.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignJsonTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"id\":\"a\",\"b\":1} | {\"id\":\"new\",\"b\":1}",
                "{ \"b\" : 1.500 , \"id\" : \"a\\u0000\\ud800\" } | { \"b\" : 1.500 , \"id\" : \"new\" }",
                "{\"id\":null,\"b\":1e400000} | {\"id\":\"new\",\"b\":1e400000}",
                "{\"id\":-17.25} | {\"id\":\"new\"}",
                "{\"id\":{\"x\":[1,{}]}, \"b\":[]} | {\"id\":\"new\", \"b\":[]}",
                "{\"b\":{\"id\":1}} | {\"id\":\"new\",\"b\":{\"id\":1}}",
                "{\"id\":1,\"id\":2} | {\"id\":\"new\",\"id\":\"new\"}",
                "{} | {\"id\":\"new\"}",
                "  {\"id\":true}  | {\"id\":\"new\"}",
                "{\"id\":true} {\"more\":1} | {\"id\":\"new\"}",
                "{\"ä\":\"😀\",\"id\":\"ü\",\"z\":\"ß\"} | {\"ä\":\"😀\",\"id\":\"new\",\"z\":\"ß\"}"
            })
    void aMemberIsReplacedAndTheRestLeftAsItCame(String text, String expected) {
        assertThat(read(text).orElseThrow().with(Map.of("id", "new"))).isEqualTo(expected);
    }

    @Test
    void aMemberBehindAMegabyteIsReplaced() {
        String long1 = "x".repeat(1_000_000);

        String changed = read("{\"a\":\"" + long1 + "\",\"id\":\"old\",\"b\":2}")
                .orElseThrow()
                .with(Map.of("id", "new"));

        assertThat(changed).isEqualTo("{\"a\":\"" + long1 + "\",\"id\":\"new\",\"b\":2}");
    }

    @Test
    void aNewValueIsQuoted() {
        assertThat(read("{\"id\":1}").orElseThrow().with(Map.of("id", "a\"b\\")))
                .isEqualTo("{\"id\":\"a\\\"b\\\\\"}");
    }

    @Test
    void theValuesAreThoseOfTheText() {
        assertThat(read("{\"a\":[1,-2.50,true,null,\"x\"],\"b\":{\"c\":1e3}}")
                        .orElseThrow()
                        .values())
                .isEqualTo(Map.of(
                        "a",
                        java.util.Arrays.asList(1L, new BigDecimal("-2.50"), true, null, "x"),
                        "b",
                        Map.of("c", new BigDecimal("1e3"))));
    }

    @Test
    void whatTheDatabaseCannotHoldIsReplacedInTheValues() {
        String text = "{\"a\\u0000\":\"x\\u0000\\ud800y\\udc00😀\",\"n\":1e999999999,\"f\":NaN,\"m\":"
                + "9".repeat(2000) + "}";

        assertThat(read(text).orElseThrow().values())
                .containsEntry("a\ufffd", "x\ufffd\ufffdy\ufffd😀")
                .containsEntry("n", "1e999999999")
                .containsEntry("f", "NaN")
                .containsEntry("m", "9".repeat(2000));
    }

    @Test
    void whatIsNestedTooDeepIsCutInTheValuesAndKeptInTheText() {
        String text = "{\"a\":" + "[".repeat(50_000) + "]".repeat(50_000) + ",\"b\":1}";

        ForeignJson read = read(text).orElseThrow();

        assertThat(read.values()).containsEntry("b", 1L);
        assertThat(read.values().toString()).contains(ForeignJson.TOO_DEEP);
        assertThat(read.with(Map.of())).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text",
                "[]",
                "[{}]",
                "{",
                "{\"a\":1",
                "{\"a\":\"x",
                "{\"a\":[1,2",
                "{\"a\"}",
                "null",
                "{a:1}"
            })
    void whatIsNotAWholeObjectIsNotRead(String text) {
        assertThat(read(text)).isEmpty();
    }

    @Test
    void bytesThatAreNoUtf8AreReadAllTheSame() {
        byte[] text = "{\"a\":\"x?y\"}".getBytes(StandardCharsets.UTF_8);
        text[7] = (byte) 0xff;

        assertThat(ForeignJson.of(text).orElseThrow().values()).isEqualTo(Map.of("a", "x\ufffdy"));
    }

    @Test
    void aByteOrderMarkIsIgnored() {
        assertThat(read("\ufeff{\"a\":[]}").orElseThrow().values()).isEqualTo(Map.of("a", List.of()));
    }

    private static Optional<ForeignJson> read(String text) {
        return ForeignJson.of(text.getBytes(StandardCharsets.UTF_8));
    }
}

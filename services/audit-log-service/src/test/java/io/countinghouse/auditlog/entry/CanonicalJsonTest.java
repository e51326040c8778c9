package io.countinghouse.auditlog.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {

    @Test
    void membersAreSortedByUtf16CodeUnitsAsInTheExampleOfRfc8785() {
        // Given
        var members = new LinkedHashMap<String, Object>();
        members.put("\u20ac", "Euro Sign");
        members.put("\r", "Carriage Return");
        members.put("\ufb33", "Hebrew Letter Dalet With Dagesh");
        members.put("1", "One");
        members.put("\ud83d\ude00", "Emoji: Grinning Face");
        members.put("\u0080", "Control");
        members.put("\u00f6", "Latin Small Letter O With Diaeresis");

        // When
        String json = canonical(members);

        // Then
        assertThat(json)
                .isEqualTo("{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                        + "\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\","
                        + "\"\ud83d\ude00\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
    }

    @Test
    void textIsEscapedNoMoreThanNeeded() {
        // When
        String json = canonical(Map.of("string", "\u20ac$\u000f\nA'B\"\\\\\"/\u007f\b\t\f\r\u001b"));

        // Then
        assertThat(json).isEqualTo("{\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\u007f\\b\\t\\f\\r\\u001b\"}");
    }

    @Test
    void numbersBecomeTextAndOtherLiteralsStay() {
        // Given
        var members = new LinkedHashMap<String, Object>();
        members.put("amount", new BigDecimal("36.60"));
        members.put("small", new BigDecimal("1.5e-7"));
        members.put("count", 7);
        members.put("open", true);
        members.put("nothing", null);
        members.put("list", Arrays.asList(1, null, List.of(), Map.of("b", false)));

        // When
        String json = canonical(members);

        // Then
        assertThat(json)
                .isEqualTo("{\"amount\":\"36.60\",\"count\":\"7\",\"list\":[\"1\",null,[],{\"b\":false}],"
                        + "\"nothing\":null,\"open\":true,\"small\":\"0.00000015\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "\ud83d", "\ude00", "\ud83dx", "x\ude00"})
    void textThatHasNoUtf8FormOrHoldsANulIsRefused(String text) {
        // When / Then
        assertThatThrownBy(() -> CanonicalJson.bytes(Map.of("text", text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot be recorded");
    }

    private static String canonical(Map<String, ?> members) {
        return new String(CanonicalJson.bytes(members), StandardCharsets.UTF_8);
    }
}

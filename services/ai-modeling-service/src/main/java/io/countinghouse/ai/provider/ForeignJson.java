package io.countinghouse.ai.provider;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.countinghouse.defaults.money.Decimals;
import io.countinghouse.defaults.text.WellFormed;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON object that a stranger wrote, twice: its text, in which members can be replaced without touching the rest; and
 * its values as the database can hold them. Whatever a value is, it does not fail: what cannot be held is replaced (NUL
 * and half of a surrogate pair by U+FFFD, a number of too many digits by its text, what is nested too deep by a note).
 */
final class ForeignJson {

    static final int DEEPEST = 100;

    static final String TOO_DEEP = "(nested too deep to be kept)";

    /** Numbers of more characters are kept as text: nobody computes with them. */
    private static final int LONGEST_NUMBER = 100;

    private static final int LONGEST_LONG = 18;

    /** As {@link Decimals} takes them from everybody else. */
    private static final int MOST_DIGITS = 1000;

    private static final String REPLACEMENT = "\ufffd";

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            // Names of strangers are not worth a table that all threads share.
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            // Servers written in Python send NaN for a missing probability.
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .build();

    private final String text;
    private final Map<String, Object> values;
    private final List<Member> members;

    /** Where the value of a member of the object itself stands in the text. */
    private record Member(String name, int start, int end) {}

    private ForeignJson(String text, Map<String, Object> values, List<Member> members) {
        this.text = text;
        this.values = values;
        this.members = members;
    }

    /** Empty when the bytes do not begin with a whole JSON object; what follows it is ignored. */
    static Optional<ForeignJson> of(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        int begin = text.indexOf('{');
        if (begin < 0 || !text.substring(0, begin).replace("\ufeff", "").isBlank()) {
            return Optional.empty();
        }
        String object = text.substring(begin);
        try (JsonParser parser = FACTORY.createParser(object)) {
            parser.nextToken();
            Map<String, Object> values = new LinkedHashMap<>();
            List<Member> members = new ArrayList<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                int start = (int) parser.currentTokenLocation().getCharOffset();
                values.put(storable(name), value(parser, 1));
                parser.finishToken();
                members.add(
                        new Member(name, start, (int) parser.currentLocation().getCharOffset()));
            }
            int end = (int) parser.currentLocation().getCharOffset();
            return Optional.of(new ForeignJson(object.substring(0, end), values, members));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Object value(JsonParser parser, int depth) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NULL -> null;
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getText());
            case START_OBJECT -> depth < DEEPEST ? object(parser, depth) : skipped(parser);
            case START_ARRAY -> depth < DEEPEST ? array(parser, depth) : skipped(parser);
            default -> storable(parser.getText());
        };
    }

    private static Map<String, Object> object(JsonParser parser, int depth) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = storable(parser.currentName());
            parser.nextToken();
            object.put(name, value(parser, depth + 1));
        }
        return object;
    }

    private static List<Object> array(JsonParser parser, int depth) throws IOException {
        List<Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser, depth + 1));
        }
        return array;
    }

    private static Object skipped(JsonParser parser) throws IOException {
        parser.skipChildren();
        return TOO_DEEP;
    }

    private static Object number(String text) {
        if (text.length() > LONGEST_NUMBER) {
            return text;
        }
        try {
            BigDecimal number = new BigDecimal(text);
            if (text.length() <= LONGEST_LONG && text.chars().allMatch(c -> c == '-' || Character.isDigit(c))) {
                return number.longValueExact();
            }
            return Decimals.fits(number, MOST_DIGITS, MOST_DIGITS) ? number : text;
        } catch (NumberFormatException e) {
            // NaN, an infinity, or an exponent beyond that of a BigDecimal.
            return text;
        }
    }

    private static String storable(String text) {
        if (WellFormed.isWellFormed(text)) {
            return text;
        }
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints()
                .forEach(point -> kept.append(
                        point == 0 || point <= Character.MAX_VALUE && Character.isSurrogate((char) point)
                                ? REPLACEMENT
                                : Character.toString(point)));
        return kept.toString();
    }

    /** As the database can hold them. */
    Map<String, Object> values() {
        return values;
    }

    /** The text with these members replaced, or put first where it has none of that name. */
    String with(Map<String, String> texts) {
        StringBuilder changed = new StringBuilder("{");
        texts.forEach((name, value) -> {
            if (members.stream().noneMatch(member -> member.name().equals(name))) {
                changed.append(quoted(name)).append(':').append(quoted(value)).append(',');
            }
        });
        int copied = 1;
        for (Member member : members) {
            String value = texts.get(member.name());
            if (value != null) {
                changed.append(text, copied, member.start()).append(quoted(value));
                copied = member.end();
            }
        }
        if (members.isEmpty() && changed.length() > 1) {
            changed.setLength(changed.length() - 1);
        }
        return changed.append(text, copied, text.length()).toString();
    }

    private static String quoted(String value) {
        return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(value)) + '"';
    }
}

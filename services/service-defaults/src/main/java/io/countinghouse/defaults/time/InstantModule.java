package io.countinghouse.defaults.time;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;

/** Instants in JSON: RFC 3339 texts, cut to microseconds when read. MUST be registered after the module of java.time. */
public final class InstantModule extends SimpleModule {

    private static final long serialVersionUID = 1L;

    public InstantModule() {
        super("countinghouse-instant");
        addDeserializer(Instant.class, new Reader());
    }

    private static final class Reader extends StdDeserializer<Instant> {

        private static final long serialVersionUID = 1L;
        private static final int MOST_QUOTED = 60;

        Reader() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            // Numbers would be seconds to one sender and milliseconds to another.
            if (!parser.hasToken(JsonToken.VALUE_STRING)) {
                throw refused(context, "a time is a text like \"2026-01-31T12:00:00Z\" (RFC 3339)", null);
            }
            try {
                return Micros.parse(parser.getText());
            } catch (DateTimeException e) {
                String text = parser.getText();
                throw refused(
                        context,
                        "'" + text.substring(0, Math.min(text.length(), MOST_QUOTED))
                                + "' is not an RFC 3339 time like 2026-01-31T12:00:00Z",
                        e);
            }
        }

        private static JsonMappingException refused(DeserializationContext context, String rule, Exception cause) {
            return JsonMappingException.from(context, rule, new IllegalArgumentException(rule, cause));
        }
    }
}

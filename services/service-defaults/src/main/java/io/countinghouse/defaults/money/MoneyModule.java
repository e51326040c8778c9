package io.countinghouse.defaults.money;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * Money in JSON: {@code {"amount": "36.60", "currency": "EUR"}}. The amount is a decimal in a string, with the
 * currency's own number of digits when written; a number, or more digits than the currency has, is refused when read.
 */
final class MoneyModule extends SimpleModule {

    private static final long serialVersionUID = 1L;

    MoneyModule() {
        super("countinghouse-money");
        addSerializer(Money.class, new Writer());
        addDeserializer(Money.class, new Reader());
    }

    private static final class Writer extends StdSerializer<Money> {

        private static final long serialVersionUID = 1L;

        Writer() {
            super(Money.class);
        }

        @Override
        public void serialize(Money money, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeStartObject();
            json.writeStringField("amount", money.getAmount().toPlainString());
            json.writeStringField("currency", money.getCurrencyUnit().getCode());
            json.writeEndObject();
        }
    }

    private static final class Reader extends StdDeserializer<Money> {

        private static final long serialVersionUID = 1L;
        private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,20}(\\.\\d{1,10})?");

        Reader() {
            super(Money.class);
        }

        @Override
        public Money deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            JsonNode node = context.readTree(parser);
            JsonNode amount = node.get("amount");
            JsonNode currency = node.get("currency");
            if (amount == null || !amount.isTextual() || currency == null || !currency.isTextual()) {
                throw refused(context, "money is {\"amount\": \"36.60\", \"currency\": \"EUR\"}, both as strings");
            }
            // No exponents: "1e999999999" is short to send and takes gigabytes to write out.
            if (!DECIMAL.matcher(amount.textValue()).matches()) {
                throw refused(context, "'" + amount.textValue() + "' is not a decimal number of at most 20 digits");
            }
            try {
                return Money.of(CurrencyUnit.of(currency.textValue()), new BigDecimal(amount.textValue()));
            } catch (ArithmeticException e) {
                throw refused(
                        context, "'" + amount.textValue() + "' has more digits than " + currency.textValue() + " has");
            } catch (org.joda.money.IllegalCurrencyException e) {
                throw refused(context, "'" + currency.textValue() + "' is not an ISO 4217 currency");
            }
        }

        private static IOException refused(DeserializationContext context, String rule) {
            return com.fasterxml.jackson.databind.JsonMappingException.from(
                    context, rule, new IllegalArgumentException(rule));
        }
    }
}

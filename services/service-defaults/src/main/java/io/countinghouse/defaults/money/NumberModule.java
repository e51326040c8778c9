package io.countinghouse.defaults.money;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.deser.std.NumberDeserializers;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ValueNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Numbers in JSON: exact, with the digits they were sent with, and written without an exponent. Jackson by itself cuts
 * the zeros at the end of a number in a tree, so that 100.0 becomes 1E+2, and takes any exponent.
 */
final class NumberModule extends SimpleModule {

    private static final long serialVersionUID = 1L;
    private static final int MOST_LONG_DIGITS = 19;

    private NumberModule() {
        super("countinghouse-numbers");
        addDeserializer(BigDecimal.class, new DecimalReader());
        // What a Map or a List of any values reads its numbers with.
        addDeserializer(Number.class, new NumberReader());
        setDeserializerModifier(new WholeNumbers());
    }

    static ObjectMapper configure(ObjectMapper mapper) {
        mapper.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
        mapper.getFactory().enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);
        mapper.setNodeFactory(new Nodes());
        return mapper.registerModule(new NumberModule());
    }

    private static final class Nodes extends JsonNodeFactory {

        private static final long serialVersionUID = 1L;

        Nodes() {
            super(true);
        }

        @Override
        public ValueNode numberNode(BigDecimal number) {
            return number == null ? nullNode() : DecimalNode.valueOf(Decimals.bounded(number));
        }
    }

    private static final class DecimalReader extends StdScalarDeserializer<BigDecimal> {

        private static final long serialVersionUID = 1L;

        DecimalReader() {
            super(BigDecimal.class);
        }

        @Override
        public BigDecimal deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            BigDecimal number = NumberDeserializers.BigDecimalDeserializer.instance.deserialize(parser, context);
            return number == null ? null : Decimals.bounded(number);
        }
    }

    private static final class NumberReader extends StdScalarDeserializer<Number> {

        private static final long serialVersionUID = 1L;

        NumberReader() {
            super(Number.class);
        }

        @Override
        public Number deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return parser.hasToken(JsonToken.VALUE_NUMBER_FLOAT)
                    ? Decimals.bounded(parser.getDecimalValue())
                    : (Number) NumberDeserializers.NumberDeserializer.instance.deserialize(parser, context);
        }
    }

    /** 7.0 and 1e3 are whole numbers, as in JSON Schema; 7.5 is none and stays refused. */
    private static final class WholeNumbers extends BeanDeserializerModifier {

        private static final long serialVersionUID = 1L;

        @Override
        public JsonDeserializer<?> modifyDeserializer(
                DeserializationConfig config, BeanDescription type, JsonDeserializer<?> reader) {
            Class<?> asked = type.getBeanClass();
            return asked == int.class || asked == Integer.class || asked == long.class || asked == Long.class
                    ? new WholeNumberReader(reader, asked == long.class || asked == Long.class)
                    : reader;
        }
    }

    private static final class WholeNumberReader extends DelegatingDeserializer {

        private static final long serialVersionUID = 1L;

        private final boolean isLong;

        WholeNumberReader(JsonDeserializer<?> reader, boolean isLong) {
            super(reader);
            this.isLong = isLong;
        }

        @Override
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> reader) {
            return new WholeNumberReader(reader, isLong);
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            if (parser.hasToken(JsonToken.VALUE_NUMBER_FLOAT)
                    && Decimals.fits(parser.getDecimalValue(), MOST_LONG_DIGITS, 0)) {
                BigInteger whole = parser.getDecimalValue().toBigIntegerExact();
                if (isLong && whole.bitLength() < Long.SIZE) {
                    return whole.longValue();
                }
                if (!isLong && whole.bitLength() < Integer.SIZE) {
                    return whole.intValue();
                }
            }
            return super.deserialize(parser, context);
        }
    }
}

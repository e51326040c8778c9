package io.countinghouse.defaults.text;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.deser.std.JsonNodeDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;

/**
 * Refuses every text of a JSON body that is not {@link WellFormed}, in names as in values, wherever it stands: in a record,
 * in a map, in a tree. PostgreSQL would refuse NUL, and UTF-8 would turn half of a surrogate pair into a question mark, so
 * that two texts become one.
 */
@Singleton
class WellFormedJson implements ObjectMapperCustomizer {

    private static final String RULE = "the text holds NUL or half of a surrogate pair, which nothing can keep";

    @Override
    public void customize(ObjectMapper mapper) {
        SimpleModule module = new SimpleModule("countinghouse-text");
        module.addDeserializer(String.class, new Text());
        module.addKeyDeserializer(String.class, new Key());
        module.addDeserializer(JsonNode.class, new Tree<>(JsonNode.class));
        module.addDeserializer(ObjectNode.class, new Tree<>(ObjectNode.class));
        module.addDeserializer(ArrayNode.class, new Tree<>(ArrayNode.class));
        module.setDeserializerModifier(new Untyped());
        mapper.registerModule(module);
    }

    private static String checked(String text, DeserializationContext context) throws JsonMappingException {
        if (text != null && !WellFormed.isWellFormed(text)) {
            throw JsonMappingException.from(context, RULE, new IllegalArgumentException(RULE));
        }
        return text;
    }

    private static final class Text extends StringDeserializer {
        private static final long serialVersionUID = 1L;

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return checked(super.deserialize(parser, context), context);
        }
    }

    private static final class Key extends KeyDeserializer {
        @Override
        public Object deserializeKey(String key, DeserializationContext context) throws IOException {
            return checked(key, context);
        }
    }

    /** Values without a declared type, which ask no deserializer of texts. */
    private static final class Untyped extends BeanDeserializerModifier {
        private static final long serialVersionUID = 1L;

        @Override
        public JsonDeserializer<?> modifyDeserializer(
                DeserializationConfig config, BeanDescription bean, JsonDeserializer<?> deserializer) {
            return bean.getBeanClass() == Object.class ? new Checked(deserializer) : deserializer;
        }
    }

    private static final class Checked extends DelegatingDeserializer {
        private static final long serialVersionUID = 1L;

        Checked(JsonDeserializer<?> delegate) {
            super(delegate);
        }

        @Override
        protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> delegate) {
            return new Checked(delegate);
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            Object value = super.deserialize(parser, context);
            check(value, context);
            return value;
        }

        private static void check(Object value, DeserializationContext context) throws JsonMappingException {
            switch (value) {
                case String text -> checked(text, context);
                case Map<?, ?> map -> {
                    for (Map.Entry<?, ?> entry : map.entrySet()) {
                        checked(String.valueOf(entry.getKey()), context);
                        check(entry.getValue(), context);
                    }
                }
                case Collection<?> values -> {
                    for (Object each : values) {
                        check(each, context);
                    }
                }
                case null, default -> {}
            }
        }
    }

    private static final class Tree<T extends JsonNode> extends JsonDeserializer<T> {
        private final Class<T> type;
        private final JsonDeserializer<? extends JsonNode> nodes;

        Tree(Class<T> type) {
            this.type = type;
            this.nodes = JsonNodeDeserializer.getDeserializer(type);
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            JsonNode node = nodes.deserialize(parser, context);
            check(node, context);
            return type.cast(node);
        }

        @Override
        public T getNullValue(DeserializationContext context) throws JsonMappingException {
            return type.cast(nodes.getNullValue(context));
        }

        /** A property that is not there is not one that is null. */
        @Override
        public Object getAbsentValue(DeserializationContext context) throws JsonMappingException {
            return nodes.getAbsentValue(context);
        }

        private static void check(JsonNode node, DeserializationContext context) throws JsonMappingException {
            if (node.isTextual()) {
                checked(node.textValue(), context);
            }
            for (Map.Entry<String, JsonNode> property : node.properties()) {
                checked(property.getKey(), context);
                check(property.getValue(), context);
            }
            if (node.isArray()) {
                for (JsonNode each : node) {
                    check(each, context);
                }
            }
        }
    }
}

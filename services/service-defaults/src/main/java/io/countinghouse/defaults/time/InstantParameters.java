package io.countinghouse.defaults.time;

import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.time.DateTimeException;
import java.time.Instant;

/** Instants in queries, paths and headers, cut to microseconds. */
@Provider
public class InstantParameters implements ParamConverterProvider {

    @Override
    public <T> ParamConverter<T> getConverter(Class<T> rawType, Type genericType, Annotation[] annotations) {
        return rawType == Instant.class ? new Converter<>(rawType) : null;
    }

    private static final class Converter<T> implements ParamConverter<T> {

        private final Class<T> type;

        Converter(Class<T> type) {
            this.type = type;
        }

        @Override
        public T fromString(String text) {
            if (text == null || text.isEmpty()) {
                return null;
            }
            try {
                return type.cast(Micros.parse(text));
            } catch (DateTimeException e) {
                throw new IllegalArgumentException("'" + text + "' is not an RFC 3339 time", e);
            }
        }

        @Override
        public String toString(T value) {
            return value.toString();
        }
    }
}

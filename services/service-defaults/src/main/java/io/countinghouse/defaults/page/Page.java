package io.countinghouse.defaults.page;

import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One page of a list.
 *
 * @param next pass it as {@code after} to get the following page; null on the last one
 */
public record Page<T>(
        List<T> data,

        @Schema(nullable = true, description = "Pass it as `after` to get the following page; null on the last one")
        String next) {

    /**
     * Makes a page of rows that were queried with one more than the limit, which tells whether another page follows.
     *
     * @param cursor the position of a row, as the query's {@code after} understands it
     */
    public static <T> Page<T> of(List<T> rows, int limit, Function<T, String> cursor) {
        if (rows.size() <= limit) {
            return new Page<>(rows, null);
        }
        List<T> data = List.copyOf(rows.subList(0, limit));
        return new Page<>(data, cursor.apply(data.getLast()));
    }

    public <R> Page<R> map(Function<T, R> mapper) {
        return new Page<>(data.stream().map(mapper).toList(), next);
    }
}

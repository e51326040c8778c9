package io.countinghouse.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * One request of the tests and its answer. They are kept in a file of this run, because a test class of Quarkus is
 * loaded by another class loader than a plain one: what one keeps in memory, the other does not see.
 *
 * @param problem the last segment of the problem's type, or empty
 */
record Exchange(
        String verb, String path, boolean hasBody, boolean hasQuery, int status, String problem, boolean replayed) {

    private static final Path RUN =
            Path.of("target", "exchanges", ProcessHandle.current().pid() + ".tsv");

    void keep() {
        String line = String.join(
                "\t",
                verb,
                path,
                String.valueOf(hasBody),
                String.valueOf(hasQuery),
                String.valueOf(status),
                problem,
                String.valueOf(replayed));
        try {
            Files.createDirectories(RUN.getParent());
            Files.writeString(RUN, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Exchange> ofThisRun() {
        try {
            return Files.exists(RUN)
                    ? Files.readAllLines(RUN).stream().map(Exchange::parse).toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Exchange parse(String line) {
        String[] field = line.split("\t", -1);
        return new Exchange(
                field[0],
                field[1],
                Boolean.parseBoolean(field[2]),
                Boolean.parseBoolean(field[3]),
                Integer.parseInt(field[4]),
                field[5],
                Boolean.parseBoolean(field[6]));
    }
}

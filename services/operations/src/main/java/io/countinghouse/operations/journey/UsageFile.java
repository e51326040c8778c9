package io.countinghouse.operations.journey;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.countinghouse.operations.OperationException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Requests to a language model, read from a CSV of the columns TIMESTAMP (UTC), ContextTokens and GeneratedTokens.
 * The file's digest names its events, so that sending a file again changes nothing.
 *
 * @param digest first 12 hexadecimal digits of the SHA-256 of the file
 */
public record UsageFile(String digest, List<Row> rows) {

    public static final String EVENT_TYPE = "llm.request";

    private static final int BATCH = 1000;
    private static final int LEAST_DAYS = 3;

    private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd[' ']['T']HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter(java.util.Locale.ROOT);

    /** One request. */
    public record Row(Instant time, String contextTokens, String generatedTokens) {}

    public static UsageFile read(Path file) {
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setTrim(true)
                .get();
        List<Row> rows = new ArrayList<>();
        try (Reader reader = Files.newBufferedReader(file);
                CSVParser parser = CSVParser.parse(reader, format)) {
            for (CSVRecord line : parser) {
                rows.add(new Row(time(line.get("TIMESTAMP")), line.get("ContextTokens"), line.get("GeneratedTokens")));
            }
            if (rows.isEmpty()) {
                throw new OperationException(file + " has no rows");
            }
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return new UsageFile(HexFormat.of().formatHex(digest, 0, 6), rows);
        } catch (IOException | IllegalArgumentException | DateTimeParseException e) {
            throw new OperationException(
                    file + " is no CSV of TIMESTAMP,ContextTokens,GeneratedTokens: " + e.getMessage(), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Instant time(String text) {
        return LocalDateTime.parse(text, TIMESTAMP).toInstant(ZoneOffset.UTC);
    }

    /** Start of the UTC month of the earliest event. */
    Instant firstMonth() {
        return month(rows.stream().map(Row::time).min(Instant::compareTo).orElseThrow(), 0);
    }

    /** Start of the UTC month after the one of the latest event. */
    Instant endOfLastMonth() {
        return month(rows.stream().map(Row::time).max(Instant::compareTo).orElseThrow(), 1);
    }

    /**
     * Where the history of a forecast by days ends: with the day of the latest event, for after it nobody looked. A file of
     * less than three days has too little for a forecast; the rest of its month is taken for days without use.
     */
    Instant endOfHistory() {
        Instant first = rows.stream().map(Row::time).min(Instant::compareTo).orElseThrow();
        Instant end = rows.stream()
                .map(Row::time)
                .max(Instant::compareTo)
                .orElseThrow()
                .truncatedTo(ChronoUnit.DAYS)
                .plus(1, ChronoUnit.DAYS);
        return ChronoUnit.DAYS.between(first.truncatedTo(ChronoUnit.DAYS), end) < LEAST_DAYS ? endOfLastMonth() : end;
    }

    private static Instant month(Instant time, int later) {
        return time.atZone(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.DAYS)
                .withDayOfMonth(1)
                .plusMonths(later)
                .toInstant();
    }

    /** The events as JSON arrays of CloudEvents, each as large as one request may be. */
    List<ArrayNode> batches() {
        return IntStream.range(0, (rows.size() + BATCH - 1) / BATCH)
                .mapToObj(i -> batch(i * BATCH, Math.min(rows.size(), (i + 1) * BATCH)))
                .toList();
    }

    private ArrayNode batch(int from, int to) {
        ArrayNode events = JsonNodeFactory.instance.arrayNode();
        for (int i = from; i < to; i++) {
            Row row = rows.get(i);
            events.addObject()
                    .put("specversion", "1.0")
                    .put("id", String.valueOf(i + 1))
                    .put("source", "usage-file/" + digest)
                    .put("type", EVENT_TYPE)
                    .put("time", row.time().toString())
                    .putObject("data")
                    .put("context_tokens", row.contextTokens())
                    .put("generated_tokens", row.generatedTokens());
        }
        return events;
    }

    /** Writes the sample of last month to the file, unless it is there. */
    public static Path sample(Path file) {
        if (!Files.exists(file)) {
            writeSample(file, month(Instant.now(), -1));
        }
        return file;
    }

    /**
     * Writes a sample: the requests of a month, with the daily and weekly rhythm of an office. The same month gives the
     * same bytes.
     */
    static void writeSample(Path file, Instant month) {
        Random random = new Random(month.getEpochSecond());
        StringBuilder csv = new StringBuilder("TIMESTAMP,ContextTokens,GeneratedTokens\n");
        Instant end = month.atZone(ZoneOffset.UTC).plusMonths(1).toInstant();
        for (Instant hour = month; hour.isBefore(end); hour = hour.plus(1, ChronoUnit.HOURS)) {
            var local = hour.atZone(ZoneOffset.UTC);
            boolean isWeekend = local.getDayOfWeek().getValue() > 5;
            double rhythm = 1 + 9 * Math.exp(-Math.pow(local.getHour() - 13, 2) / 18.0);
            long requests = Math.round(rhythm * (isWeekend ? 0.3 : 1) * (0.7 + 0.6 * random.nextDouble()));
            for (int i = 0; i < requests; i++) {
                csv.append(TIMESTAMP.format(
                                LocalDateTime.ofInstant(hour.plusMillis(random.nextInt(3_600_000)), ZoneOffset.UTC)))
                        .append(',')
                        .append(200 + random.nextInt(3800))
                        .append(',')
                        .append(5 + random.nextInt(400))
                        .append('\n');
            }
        }
        try {
            Files.writeString(file, csv);
        } catch (IOException e) {
            throw new OperationException("cannot write the sample " + file, e);
        }
    }
}

package io.countinghouse.operations.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.countinghouse.operations.ServiceName;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fluent Bit's parser, patterns and filters on lines that the seven services wrote while their database was away. */
class FluentBitTest {

    private static final List<JsonNode> LINES = Sources.text(
                    "services/operations/src/test/resources/deploy/log-lines.jsonl")
            .lines()
            .map(Sources::json)
            .toList();

    private static final String KUBERNETES = "logging/fluent-bit-kubernetes.yaml";
    private static final String LOCAL = "logging/fluent-bit-local.yaml";
    private static final String COMPOSE = "logging/fluent-bit-compose.yaml";

    @Test
    void thereIsALineOfEachService() {
        // When
        Set<String> services =
                LINES.stream().map(line -> line.path("service").textValue()).collect(Collectors.toSet());
        // Then
        assertThat(services)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(ServiceName.values()).map(ServiceName::id).toList());
    }

    @Test
    void theParserUnderstandsTheTimeOfEveryLine() {
        // Given
        JsonNode parser = Sources.yaml("logging/parsers.yaml").at("/parsers/0");
        DateTimeFormatter format = strptime(parser.get("time_format").textValue());
        for (JsonNode line : LINES) {
            // When
            OffsetDateTime time = OffsetDateTime.parse(
                    line.get(parser.get("time_key").textValue()).textValue(), format);
            // Then
            assertThat(time.getYear()).isGreaterThanOrEqualTo(2026);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {KUBERNETES, LOCAL, COMPOSE})
    void everyRequestsLineKeepsCorrelationTraceAndService(String file) {
        for (JsonNode line : LINES.subList(0, ServiceName.values().length)) {
            // When
            ObjectNode record = filtered(file, line);
            // Then
            assertThat(record.path("correlation_id").asText()).startsWith("report-");
            assertThat(record.path("trace_id").asText()).matches("[0-9a-f]{32}");
            assertThat(record.path("service")).isEqualTo(line.get("service"));
            assertThat(record.path("logger")).isEqualTo(line.get("loggerName"));
            assertThat(record.path("message")).isEqualTo(line.get("message"));
            assertThat(record.path("level").asText()).isEqualTo("WARN");
            assertThat(record.has("mdc") || record.has("hostName")).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {KUBERNETES, LOCAL, COMPOSE})
    void aTenantInTheContextComesToTheTop(String file) {
        // Given
        ObjectNode line = LINES.getFirst().deepCopy();
        ((ObjectNode) line.get("mdc")).put("tenant_id", "01a20ab2-7b71-786f-91ca-35259ffd3a34");
        // When
        ObjectNode record = filtered(file, line);
        // Then
        assertThat(record.path("tenant_id").asText()).isEqualTo("01a20ab2-7b71-786f-91ca-35259ffd3a34");
    }

    @ParameterizedTest
    @ValueSource(strings = {KUBERNETES, LOCAL, COMPOSE})
    void auditEventsAloneGoToTheirOwnOutput(String file) {
        // Given
        JsonNode outputs = Sources.yaml(file).at("/pipeline/outputs");
        // When
        String[] rule = filter(file, "rewrite_tag").get("rule").textValue().split(" ");
        Pattern audit = Pattern.compile(rule[1]);
        // Then
        assertThat(rule[0]).isEqualTo("$logger");
        assertThat(rule[3]).as("audit events leave the stream").isEqualTo("false");
        assertThat(List.of("io.countinghouse.audit", "io.countinghouse.audit.Trail"))
                .allSatisfy(logger -> assertThat(audit.matcher(logger).find()).isTrue());
        assertThat(List.of("io.countinghouse.auditlog.proof.Signer", "io.quarkus", "org.io.countinghouse.audit"))
                .allSatisfy(logger -> assertThat(audit.matcher(logger).find()).isFalse());
        assertThat(LINES)
                .allSatisfy(
                        line -> assertThat(audit.matcher(line.get("loggerName").textValue())
                                        .find())
                                .isFalse());
        assertThat(rule[2]).startsWith("audit.");
        assertThat(outputs).hasSize(2);
        assertThat(outputs.get(0).get("match").textValue())
                .isEqualTo(
                        Sources.yaml(file).at("/pipeline/inputs/0/tag").asText().replaceFirst("\\..*", ".*"));
        assertThat(outputs.get(1).get("match").textValue()).isEqualTo("audit.*");
    }

    @Test
    void whatIsSentToLokiIsInTheRecord() {
        // Given
        Set<String> given = Stream.concat(
                        StreamSupport.stream(
                                ((Iterable<String>) () -> filtered(KUBERNETES, LINES.getFirst())
                                                .fieldNames())
                                        .spliterator(),
                                false),
                        // Added by the kubernetes filter; put into the context by the services once they know the
                        // tenant.
                        Stream.of("kubernetes", "tenant_id"))
                .collect(Collectors.toSet());
        for (JsonNode output : Sources.yaml(KUBERNETES).at("/pipeline/outputs")) {
            // When
            String wanted = output.get("labels").textValue() + ", "
                    + output.get("structured_metadata").textValue();
            // Then
            assertThat(Sources.matches("\\$([a-z_]+)", wanted)).isNotEmpty().isSubsetOf(given);
            assertThat(wanted).contains("service=$service", "correlation_id=$correlation_id", "tenant=$tenant_id");
        }
    }

    @Test
    void theServiceIsReadFromTheNameOfItsFile() {
        // Given
        JsonNode input = Sources.yaml(LOCAL).at("/pipeline/inputs/0");
        Pattern name = Pattern.compile(input.get("tag_regex").textValue());
        String glob = input.get("path").textValue().replace("${COUNTINGHOUSE_DATA}", "/data");
        for (ServiceName service : ServiceName.values()) {
            // When
            String file = "/data/logs/" + service.id() + ".log";
            Matcher found = name.matcher(file);
            // Then
            assertThat(found.find()).as(file).isTrue();
            assertThat(found.group("service")).isEqualTo(service.id());
            assertThat(matches(glob, file)).isTrue();
            assertThat(matches(glob, file + ".1")).as("a rotated file").isFalse();
        }
        for (JsonNode output : Sources.yaml(LOCAL).at("/pipeline/outputs")) {
            assertThat(matches(glob, "/data/logs/" + output.get("file").textValue()))
                    .as("its own output")
                    .isFalse();
        }
    }

    @Test
    void ofDockersFilesOnlyTheSevenServicesAreKept() {
        // Given
        String[] rule = filter(COMPOSE, "grep").get("regex").textValue().split(" ");
        Pattern kept = Pattern.compile(rule[1]);
        // When
        Stream<String> services = Stream.of(ServiceName.values()).map(ServiceName::id);
        // Then
        assertThat(rule[0]).isEqualTo("$service");
        assertThat(services).allMatch(service -> kept.matcher(service).find());
        assertThat(kept.matcher("somebody-elses-service").find()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {LOCAL, COMPOSE})
    void collectedFilesAreRotated(String file) {
        for (JsonNode output : Sources.yaml(file).at("/pipeline/outputs")) {
            // Then
            assertThat(output.get("rotate").asBoolean()).isTrue();
            assertThat(output.get("rotate_max_size").textValue()).matches("\\d+M");
            assertThat(output.get("rotate_max_files").asInt()).isPositive();
        }
    }

    /** The record after the filters of that file: nest lifts a map, modify renames what is there and removes. */
    private static ObjectNode filtered(String file, JsonNode line) {
        ObjectNode record = line.deepCopy();
        JsonNode lift = filter(file, "nest");
        assertThat(lift.get("operation").textValue()).isEqualTo("lift");
        record.setAll((ObjectNode) record.remove(lift.get("nested_under").textValue()));
        JsonNode modify = filter(file, "modify");
        for (JsonNode rename : modify.get("rename")) {
            String[] names = rename.textValue().split(" ");
            if (record.has(names[0]) && !record.has(names[1])) {
                record.set(names[1], record.remove(names[0]));
            }
        }
        modify.get("remove").forEach(name -> record.remove(name.textValue()));
        return record;
    }

    private static JsonNode filter(String file, String name) {
        for (JsonNode filter : Sources.yaml(file).at("/pipeline/filters")) {
            if (filter.get("name").textValue().equals(name)) {
                return filter;
            }
        }
        throw new AssertionError(file + " has no filter " + name);
    }

    private static boolean matches(String glob, String file) {
        return FileSystems.getDefault().getPathMatcher("glob:" + glob).matches(Path.of(file));
    }

    /** A format of strptime, with Fluent Bit's %L for the fraction of a second. */
    private static DateTimeFormatter strptime(String format) {
        DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder();
        for (int i = 0; i < format.length(); i++) {
            if (format.charAt(i) != '%') {
                builder.appendLiteral(format.charAt(i));
                continue;
            }
            switch (format.charAt(++i)) {
                case 'Y' -> builder.appendPattern("uuuu");
                case 'm' -> builder.appendPattern("MM");
                case 'd' -> builder.appendPattern("dd");
                case 'H' -> builder.appendPattern("HH");
                case 'M' -> builder.appendPattern("mm");
                case 'S' -> builder.appendPattern("ss");
                case 'L' -> builder.appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, false);
                case 'z' -> builder.appendOffset("+HH:MM", "Z");
                default -> throw new AssertionError("unknown in strptime: %" + format.charAt(i));
            }
        }
        return builder.toFormatter();
    }
}

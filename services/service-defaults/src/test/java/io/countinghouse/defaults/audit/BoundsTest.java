package io.countinghouse.defaults.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.countinghouse.defaults.text.WellFormed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BoundsTest {

    /** What audit-log-service takes of an entry: bytes of its canonical JSON. */
    private static final int ENTRY = 65_536;

    @Test
    void theBoundsAreThoseOfTheContractOfTheReceiver() throws IOException {
        JsonNode fields = new ObjectMapper(new YAMLFactory())
                .readTree(Path.of("..", "audit-log-service", "contract", "openapi.yaml")
                        .toFile())
                .at("/components/schemas/RecordAuditLogRequest/properties");

        assertThat(List.of(
                        fields.at("/actor_id/maxLength").asInt(),
                        fields.at("/action/maxLength").asInt(),
                        fields.at("/resource_type/maxLength").asInt(),
                        fields.at("/resource_id/maxLength").asInt(),
                        fields.at("/ip/maxLength").asInt(),
                        fields.at("/correlation_id/maxLength").asInt()))
                .containsExactly(
                        Bounds.ACTOR_ID,
                        Bounds.ACTION,
                        Bounds.RESOURCE_TYPE,
                        Bounds.RESOURCE_ID,
                        Bounds.IP,
                        Bounds.CORRELATION_ID);
    }

    @Test
    void aTextThatFitsStaysAsItIs() {
        String fitting = "x".repeat(200);

        assertThat(Bounds.fit(fitting, 200)).isEqualTo(fitting);
        assertThat(Bounds.fit((String) null, 200)).isNull();
    }

    @Test
    void twoLongTextsOfTheSameBeginningStayTwo() {
        String one = "x".repeat(250) + "1";
        String other = "x".repeat(250) + "2";

        assertThat(Bounds.fit(one, 200)).hasSizeLessThanOrEqualTo(200).isNotEqualTo(Bounds.fit(other, 200));
    }

    @Test
    void aCutNeverDividesACharacter() {
        for (int length = 190; length < 210; length++) {
            assertThat(WellFormed.isWellFormed(Bounds.fit("y".repeat(length) + "😀".repeat(60), 200)))
                    .isTrue();
        }
    }

    @Test
    void theLargestTextsFitIntoAnEntry() throws IOException {
        assertThat(writtenOf("\u0001".repeat(20_000))).hasSizeLessThan(ENTRY);
    }

    @Test
    void theLargestListsFitIntoAnEntry() throws IOException {
        assertThat(writtenOf(Collections.nCopies(1_000, "\u0001".repeat(1_000))))
                .hasSizeLessThan(ENTRY);
    }

    private static byte[] writtenOf(Object detail) throws IOException {
        Map<String, Object> details = new LinkedHashMap<>();
        for (int i = 0; i < 1_000; i++) {
            details.put(i + "\u0001".repeat(500), detail);
        }
        return new ObjectMapper().writeValueAsString(Bounds.fit(details)).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void numbersAndListsKeepTheirKind() {
        Map<String, Object> fitting = Bounds.fit(Map.of("rating", 5, "scopes", List.of("usage:write")));

        assertThat(fitting).containsEntry("rating", 5).containsEntry("scopes", List.of("usage:write"));
    }
}

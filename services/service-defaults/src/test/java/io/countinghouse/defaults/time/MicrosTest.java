package io.countinghouse.defaults.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MicrosTest {

    private final ObjectMapper json =
            new ObjectMapper().registerModule(new JavaTimeModule()).registerModule(new InstantModule());

    @ParameterizedTest
    @CsvSource({
        "2016-01-31T23:59:59.9999999Z, 2016-01-31T23:59:59.999999Z",
        "2016-01-31T23:59:59.999999999Z, 2016-01-31T23:59:59.999999Z",
        "2016-02-01T05:29:59.9999999+05:30, 2016-01-31T23:59:59.999999Z",
        "1969-12-31T23:59:59.9999999Z, 1969-12-31T23:59:59.999999Z",
        "1999-12-31T23:59:59.9999995Z, 1999-12-31T23:59:59.999999Z",
        "2016-01-31T23:59:59.999999Z, 2016-01-31T23:59:59.999999Z"
    })
    void timeIsCutAndNeverRoundedUp(String sent, Instant kept) throws JsonProcessingException {
        // Given
        var parameter = new InstantParameters().getConverter(Instant.class, Instant.class, null);

        // When
        Instant inJson = json.readValue("\"" + sent + "\"", Instant.class);
        Instant inQuery = parameter.fromString(sent);

        // Then
        assertThat(inJson).isEqualTo(kept);
        assertThat(inQuery).isEqualTo(kept);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1706745600",
                "1706745600000",
                "1.5",
                "1e999999999",
                "true",
                "\"\"",
                "\"1706745600\"",
                "\"2024-02-30T00:00:00Z\"",
                "\"2024-02-01\"",
                "\"2024-02-01T00:00:00\"",
                "\"2024-02-01 00:00:00Z\"",
                "\"2024-02-01T00:00:00+0100\""
            })
    void whatIsNotAnRfc3339TimeIsRefusedWithTheRule(String literal) {
        assertThatThrownBy(() -> json.readValue(literal, Instant.class))
                .isInstanceOf(JsonProcessingException.class)
                .hasMessageContaining("RFC 3339");
    }
}

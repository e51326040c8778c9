package io.countinghouse.defaults.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.countinghouse.defaults.problem.ProblemException;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs of FasterXML/jackson-databind issues 228, 3650, 3651 and 5605, and exponents that are short to send. */
class NumberModuleTest {

    private final ObjectMapper json = NumberModule.configure(new ObjectMapper());

    @ParameterizedTest
    @CsvSource({
        "100.0, 100.0",
        "1e3, 1000",
        "200000.0, 200000.0",
        "600.00, 600.00",
        "0.00000015, 0.00000015",
        "1e-9, 0.000000001",
        "-2.5E+1, -25",
        "0e999999999, 0",
        "0e-999999999, 0",
        "12345678.9, 12345678.9",
        "100, 100"
    })
    void aNumberIsReadAndWrittenAsTheNumberItIs(String sent, String plain) throws JsonProcessingException {
        // Given
        String body = "{\"n\":" + sent + "}";

        // When
        JsonNode tree = json.readTree(body);
        Map<?, ?> map = json.readValue(body, Map.class);
        Amount amount = json.readValue(body, Amount.class);

        // Then
        assertThat(Decimals.text(tree.get("n"))).isEqualTo(plain);
        assertThat(json.writeValueAsString(tree)).isEqualTo("{\"n\":" + plain + "}");
        assertThat(json.writeValueAsString(map)).isEqualTo("{\"n\":" + plain + "}");
        assertThat(json.writeValueAsString(amount)).isEqualTo("{\"n\":" + plain + "}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "1e-999999999", "-1E+1001", "1e-1001", "1e2147483647", "1e-2147483647"})
    void aHostileExponentIsRefusedWherever(String sent) {
        String body = "{\"n\":" + sent + "}";

        assertThatThrownBy(() -> json.readTree(body)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> json.readValue(body, Map.class)).hasRootCauseInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> json.readValue(body, Amount.class)).hasRootCauseInstanceOf(ProblemException.class);
    }

    @Test
    void theRefusalQuotesTheNumberAsItWasSent() {
        assertThatThrownBy(() -> json.readTree("1e999999999"))
                .hasMessageContaining("1E+999999999")
                .hasMessageContaining("1000 digits");
    }

    @ParameterizedTest
    @CsvSource({
        "999, 3, 0, true",
        "1000, 3, 0, false",
        "1e3, 3, 0, false",
        "0.100, 0, 1, true",
        "0.01, 1, 1, false",
        "1e999999999, 30, 30, false",
        "1e-999999999, 30, 30, false",
        "0e999999999, 0, 0, true"
    })
    void digitsAreCountedWithoutWritingTheNumberOut(String number, int whole, int fraction, boolean fits) {
        assertThat(Decimals.fits(new BigDecimal(number), whole, fraction)).isEqualTo(fits);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "7.0", "0.7e1", "700e-2"})
    void aWholeNumberIsTakenInEachNotation(String sent) throws JsonProcessingException {
        String body = "{\"small\":" + sent + ",\"boxed\":" + sent + ",\"large\":" + sent + "}";

        assertThat(strict().readValue(body, Whole.class)).isEqualTo(new Whole(7, 7, 7L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7.5", "1e10", "-1e10", "1e999999999", "1e-999999999", "\"7\"", "null"})
    void whatIsNoWholeNumberOfItsSizeIsRefused(String sent) {
        assertThatThrownBy(() -> strict().readValue("{\"small\":" + sent + "}", Whole.class))
                .isInstanceOf(JsonProcessingException.class);
    }

    private static ObjectMapper strict() {
        ObjectMapper mapper = new ObjectMapper();
        new StrictJson().customize(mapper);
        return mapper;
    }

    record Amount(BigDecimal n) {}

    record Whole(int small, Integer boxed, Long large) {}
}

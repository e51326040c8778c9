package io.countinghouse.defaults.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WellFormedTest {

    private final ObjectMapper json = new ObjectMapper();

    WellFormedTest() {
        new WellFormedJson().customize(json);
    }

    record Named(String name) {}

    record Listed(List<String> names) {}

    record Mapped(Map<String, Object> details) {}

    record Treed(JsonNode data) {}

    @ParameterizedTest
    @ValueSource(strings = {"a\\ud800", "\\udc00", "\\udc00\\ud800", "\\u0000", "a\\ud800b", "\\ud83d\\ud83d\\ude00"})
    void aTextThatNothingCanKeepIsRefusedWhereverItStands(String escaped) {
        String text = "\"" + escaped + "\"";

        assertThatThrownBy(() -> json.readValue("{\"name\":" + text + "}", Named.class))
                .isInstanceOf(JsonMappingException.class);
        assertThatThrownBy(() -> json.readValue("{\"names\":[" + text + "]}", Listed.class))
                .isInstanceOf(JsonMappingException.class);
        assertThatThrownBy(() -> json.readValue("{\"details\":{\"x\":[" + text + "]}}", Mapped.class))
                .isInstanceOf(JsonMappingException.class);
        assertThatThrownBy(() -> json.readValue("{\"details\":{" + text + ":1}}", Mapped.class))
                .isInstanceOf(JsonMappingException.class);
        assertThatThrownBy(() -> json.readValue("{\"data\":{\"x\":[{\"y\":" + text + "}]}}", Treed.class))
                .isInstanceOf(JsonMappingException.class);
        assertThatThrownBy(() -> json.readValue("{\"data\":{" + text + ":1}}", Treed.class))
                .isInstanceOf(JsonMappingException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "é", "\\ud83d\\ude00", "株式会社", "\\u200b", "\\ufffd"})
    void anyOtherTextIsTaken(String escaped) throws JsonProcessingException {
        String text = "\"" + escaped + "\"";

        Treed read = json.readValue("{\"data\":{" + text + ":[" + text + ",null]}}", Treed.class);

        assertThat(read.data().properties()).hasSize(1);
        assertThat(json.readValue("{\"name\":null}", Named.class).name()).isNull();
        assertThat(json.readValue("{\"name\":" + text + "}", Named.class).name())
                .isEqualTo(json.readValue(text, String.class));
    }

    @Test
    void aNullTreeStaysOne() throws JsonProcessingException {
        assertThat(json.readValue("{\"data\":null}", Treed.class).data().isNull())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/x?a=%00",
                "/%zz",
                "/v1/%",
                "/v1/%4",
                "/x?a=%ED%A0%80",
                "/x?a=%ff",
                "/x?a=%C0%80",
                "/x?a=%e4b"
            })
    void anEncodingThatIsNoTextIsRefused(String uri) {
        assertThat(WellFormed.isWellFormedUri(uri)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/v1/x?a=%20b+c", "/x?a=%E2%82%AC%F0%9F%98%80", "/x?a=100%25", "/x%2Fy?a=%c3%a9%41"})
    void anyOtherAddressIsTaken(String uri) {
        assertThat(WellFormed.isWellFormedUri(uri)).isTrue();
    }
}

package io.countinghouse.operations.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectorTest {

    private static final String LABELS = "{\"app\":\"usage\",\"tier\":\"api\"}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                                                              | true",
                "{\"matchLabels\":{\"app\":\"usage\"}}                                           | true",
                "{\"matchLabels\":{\"app\":\"billing\"}}                                         | false",
                "{\"matchLabels\":{\"app\":\"usage\",\"zone\":\"a\"}}                            | false",
                "{\"matchExpressions\":[{\"key\":\"app\",\"operator\":\"In\",\"values\":[\"usage\"]}]}    | true",
                "{\"matchExpressions\":[{\"key\":\"app\",\"operator\":\"NotIn\",\"values\":[\"usage\"]}]} | false",
                "{\"matchExpressions\":[{\"key\":\"zone\",\"operator\":\"NotIn\",\"values\":[\"a\"]}]}    | true",
                "{\"matchExpressions\":[{\"key\":\"tier\",\"operator\":\"Exists\"}]}             | true",
                "{\"matchExpressions\":[{\"key\":\"tier\",\"operator\":\"DoesNotExist\"}]}       | false"
            })
    void selectsByLabelsAndExpressions(String selector, boolean selects) throws JsonProcessingException {
        assertThat(Selector.selects(Http.JSON.readTree(selector), Http.JSON.readTree(LABELS)))
                .isEqualTo(selects);
    }
}

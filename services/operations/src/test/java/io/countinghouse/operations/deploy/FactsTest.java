package io.countinghouse.operations.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.countinghouse.operations.ServiceName;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the chart's facts say is what this program believes. */
class FactsTest {

    private final JsonNode facts = Sources.yaml("helm/countinghouse/facts.yaml");

    @Test
    void theServicesAreTheSame() {
        // Then
        assertThat(facts.get("services").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(ServiceName.values()).map(ServiceName::id).toList());
    }

    @ParameterizedTest
    @EnumSource
    void aServiceHasItsVariableAndItsPaths(ServiceName service) {
        // Given
        JsonNode known = facts.get("services").get(service.id());

        // Then
        assertThat(known.get("variable").asText()).isEqualTo(service.variable());
        assertThat(texts(known.get("paths")))
                .allSatisfy(path -> assertThat(ServiceName.owning(path + "/")).contains(service));
    }

    @ParameterizedTest
    @EnumSource
    void nobodyCallsWhoIsNotThere(ServiceName service) {
        // Then
        assertThat(texts(facts.get("services").get(service.id()).get("calls")))
                .isSubsetOf(
                        Arrays.stream(ServiceName.values()).map(ServiceName::id).toList())
                .doesNotContain(service.id());
    }

    @Test
    void theTableOfNetworkConnectionsNamesEachCall() {
        // Given
        List<String> rows = Sources.text("docs/network.md")
                .lines()
                .filter(line -> line.startsWith("| ") && line.contains("-service"))
                .toList();

        // Then
        facts.get("services")
                .properties()
                .forEach(entry -> texts(entry.getValue().get("calls"))
                        .forEach(callee -> assertThat(rows)
                                .as("%s calls %s", entry.getKey(), callee)
                                .anyMatch(row -> row.split("\\|")[1].contains(entry.getKey())
                                        && row.split("\\|")[2].contains(callee))));
    }

    @Test
    void eachSecretIsExplained() {
        // Given
        String page = Sources.text("docs/secrets.md");

        // Then
        facts.get("secrets")
                .forEach(keys -> keys.fieldNames()
                        .forEachRemaining(key -> assertThat(page)
                                .as(key)
                                .contains(
                                        key.endsWith("_DATABASE_PASSWORD") || key.endsWith("_OWNER_PASSWORD")
                                                ? "…_PASSWORD"
                                                : key)));
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}

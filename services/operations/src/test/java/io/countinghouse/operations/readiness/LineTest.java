package io.countinghouse.operations.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineTest {

    private static final String HEADING = "## ";

    @Test
    void everyLineHasItsHeadingInTheDocumentationAndNoOtherHas() throws IOException {
        // When
        List<String> headings = Files.readAllLines(Path.of("../../docs/readiness.md")).stream()
                .filter(line -> line.startsWith(HEADING))
                .map(line -> line.substring(HEADING.length()))
                .toList();

        // Then
        assertThat(headings).containsExactlyElementsOf(Line.ids());
    }
}

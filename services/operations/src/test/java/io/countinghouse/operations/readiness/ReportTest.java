package io.countinghouse.operations.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.countinghouse.operations.ServiceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    private static final Finding OK = Finding.ok(Line.LOGIN, null, "logged in");
    private static final Finding FAILED = Finding.of(Line.TABLES, ServiceName.USAGE, "", List.of("no a|b", "no c"));
    private static final Finding UNKNOWN = Finding.notMeasured(Line.BACKUP, null, "unreadable");
    private static final Finding INAPPLICABLE = Finding.notApplicable(Line.PROBES, ServiceName.USAGE, "no pods");

    @TempDir
    private Path folder;

    @Test
    void theScoreCountsOnlyWhatWasMeasured() {
        // When
        Report report = report(OK, OK, FAILED, UNKNOWN, INAPPLICABLE);

        // Then
        assertThat(report.percent()).isEqualTo(66);
        assertThat(report.score())
                .contains("2 of 3")
                .contains("1 could not be measured")
                .contains("1 do not apply");
    }

    @Test
    void theExitCodeTellsFailureFromIgnorance() {
        assertThat(report(OK, INAPPLICABLE).exitCode()).isZero();
        assertThat(report(OK, UNKNOWN, FAILED).exitCode()).isEqualTo(1);
        assertThat(report(OK, UNKNOWN).exitCode()).isEqualTo(3);
    }

    @Test
    void nothingMeasuredIsNotReady() {
        // When
        Report report = report(UNKNOWN, INAPPLICABLE);

        // Then
        assertThat(report.percent()).isZero();
        assertThat(report.exitCode()).isEqualTo(1);
    }

    @Test
    void markdownAndJsonNameEachProblem() throws IOException {
        // When
        Report report = report(OK, FAILED);
        report.writeMarkdown(folder.resolve("report.md"));
        report.writeJson(folder.resolve("report.json"));

        // Then
        assertThat(Files.readString(folder.resolve("report.md")))
                .contains("| tables | usage-service | **failed** | no a\\|b; no c |");
        JsonNode json = Http.JSON.readTree(folder.resolve("report.json").toFile());
        assertThat(json.at("/lines/1/problems/1").asText()).isEqualTo("no c");
        assertThat(json.get("failed").asInt()).isEqualTo(1);
    }

    private static Report report(Finding... findings) {
        return new Report("here", Instant.EPOCH, List.of(findings));
    }
}

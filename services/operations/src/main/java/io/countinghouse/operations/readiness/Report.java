package io.countinghouse.operations.readiness;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** What was measured, for a person, a page or a program. */
final class Report {

    /** Something failed. */
    static final int FAILED = 1;

    /** Nothing failed, and something could not be measured. */
    static final int INCOMPLETE = 3;

    private final String site;
    private final Instant at;
    private final List<Finding> findings;

    Report(String site, Instant at, List<Finding> findings) {
        this.site = site;
        this.at = at;
        this.findings = findings;
    }

    private long count(Outcome outcome) {
        return findings.stream().filter(finding -> finding.outcome() == outcome).count();
    }

    /** Rounded down: 100 % is all of what was measured and nothing less. */
    long percent() {
        long measured = count(Outcome.OK) + count(Outcome.FAILED);
        return measured == 0 ? 0 : count(Outcome.OK) * 100 / measured;
    }

    int exitCode() {
        if (count(Outcome.FAILED) > 0 || count(Outcome.OK) == 0) {
            return FAILED;
        }
        return count(Outcome.NOT_MEASURED) > 0 ? INCOMPLETE : 0;
    }

    String score() {
        long measured = count(Outcome.OK) + count(Outcome.FAILED);
        String score = String.format(
                Locale.ROOT, "%d %%: %d of %d lines that were measured are ok", percent(), count(Outcome.OK), measured);
        if (count(Outcome.NOT_MEASURED) > 0) {
            score += "; " + count(Outcome.NOT_MEASURED) + " could not be measured, for which the score does not speak";
        }
        if (count(Outcome.NOT_APPLICABLE) > 0) {
            score += "; " + count(Outcome.NOT_APPLICABLE) + " do not apply here";
        }
        return score;
    }

    /** What failed or was not measured in full; what is ok a line for each service. */
    void print(PrintStream out) {
        Line last = null;
        for (Finding finding : findings) {
            if (finding.outcome() == Outcome.NOT_APPLICABLE) {
                continue;
            }
            if (finding.line() != last) {
                out.printf("%n%s: %s%n", finding.line().id(), finding.line().meaning());
                last = finding.line();
            }
            out.printf("  %-12s %-21s %s%n", mark(finding.outcome()), finding.subject(), finding.detail());
            if (finding.problems().size() > 1) {
                finding.problems().forEach(problem -> out.println("                 - " + problem));
            }
        }
        List<String> inapplicable = findings.stream()
                .filter(finding -> finding.outcome() == Outcome.NOT_APPLICABLE)
                .map(finding -> finding.line().id())
                .distinct()
                .toList();
        if (!inapplicable.isEmpty()) {
            out.printf(
                    "%nnot applicable: %s (%s)%n",
                    String.join(", ", inapplicable),
                    findings.stream()
                            .filter(finding -> finding.outcome() == Outcome.NOT_APPLICABLE)
                            .findFirst()
                            .orElseThrow()
                            .detail());
        }
        out.printf("%n%s%n", score());
        if (exitCode() != 0) {
            out.println("docs/readiness.md says what each line means and how to mend it.");
        }
        out.flush();
    }

    private static String mark(Outcome outcome) {
        return outcome == Outcome.FAILED ? "FAILED" : outcome.text();
    }

    void writeMarkdown(Path file) throws IOException {
        StringBuilder text = new StringBuilder("# Production readiness\n\n")
                .append(site)
                .append(", ")
                .append(at)
                .append("\n\n**")
                .append(score())
                .append("**\n\n| line | of | outcome | measured |\n|---|---|---|---|\n");
        for (Finding finding : findings) {
            String detail = finding.problems().isEmpty() ? finding.detail() : String.join("; ", finding.problems());
            text.append("| ")
                    .append(finding.line().id())
                    .append(" | ")
                    .append(finding.subject())
                    .append(" | ")
                    .append(
                            finding.outcome() == Outcome.FAILED
                                    ? "**failed**"
                                    : finding.outcome().text())
                    .append(" | ")
                    .append(detail.replace("|", "\\|").replace('\n', ' '))
                    .append(" |\n");
        }
        Files.writeString(file, text);
    }

    void writeJson(Path file) throws IOException {
        ObjectNode report = Http.JSON
                .createObjectNode()
                .put("site", site)
                .put("measured_at", at.toString())
                .put("percent", percent());
        for (Outcome outcome : Outcome.values()) {
            report.put(outcome.name().toLowerCase(Locale.ROOT), count(outcome));
        }
        ArrayNode list = report.putArray("lines");
        for (Finding finding : findings) {
            ObjectNode entry = list.addObject()
                    .put("line", finding.line().id())
                    .put(
                            "service",
                            finding.service() == null ? null : finding.service().id())
                    .put("outcome", finding.outcome().name().toLowerCase(Locale.ROOT))
                    .put("detail", finding.detail());
            ArrayNode problems = entry.putArray("problems");
            finding.problems().forEach(problems::add);
            if (!finding.particulars().isEmpty()) {
                ArrayNode particulars = entry.putArray("particulars");
                finding.particulars().forEach(particulars::add);
            }
        }
        Http.JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), report);
    }
}

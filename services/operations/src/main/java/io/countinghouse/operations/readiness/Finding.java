package io.countinghouse.operations.readiness;

import io.countinghouse.operations.ServiceName;
import java.util.List;

/**
 * A line and what was measured.
 *
 * @param service null for a line of the whole installation
 * @param detail figures, or why not
 * @param problems what is wrong, one each; empty unless it failed
 * @param particulars what the figures sum up, one each, for the report in JSON
 */
record Finding(
        Line line,
        ServiceName service,
        Outcome outcome,
        String detail,
        List<String> problems,
        List<String> particulars) {

    Finding {
        if (line.isPerService() != (service != null)) {
            throw new IllegalArgumentException(line.id() + " with service " + service);
        }
        problems = List.copyOf(problems);
        particulars = List.copyOf(particulars);
    }

    static Finding ok(Line line, ServiceName service, String detail) {
        return new Finding(line, service, Outcome.OK, detail, List.of(), List.of());
    }

    static Finding failed(Line line, ServiceName service, String problem) {
        return of(line, service, "", List.of(problem));
    }

    static Finding notMeasured(Line line, ServiceName service, String why) {
        return new Finding(line, service, Outcome.NOT_MEASURED, why, List.of(), List.of());
    }

    static Finding notApplicable(Line line, ServiceName service, String why) {
        return new Finding(line, service, Outcome.NOT_APPLICABLE, why, List.of(), List.of());
    }

    /** Failed when there are problems, else ok with the figures. */
    static Finding of(Line line, ServiceName service, String figures, List<String> problems) {
        return problems.isEmpty()
                ? ok(line, service, figures)
                : new Finding(line, service, Outcome.FAILED, summary(problems), problems, List.of());
    }

    Finding with(List<String> what) {
        return new Finding(line, service, outcome, detail, problems, what);
    }

    String subject() {
        return service == null ? "installation" : service.id();
    }

    private static String summary(List<String> problems) {
        return problems.getFirst() + (problems.size() == 1 ? "" : " (and " + (problems.size() - 1) + " more)");
    }
}

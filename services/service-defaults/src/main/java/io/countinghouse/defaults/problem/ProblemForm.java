package io.countinghouse.defaults.problem;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Errors of paths that speak a protocol of others: their clients read that protocol's form and not RFC 9457's. Status and
 * headers stay those of the problem.
 */
public interface ProblemForm {

    /** The body, to be written as JSON; null where the path has no form of its own. */
    Object bodyOf(String path, ProblemException problem);

    static Optional<Object> of(List<ProblemForm> forms, String path, ProblemException problem) {
        return forms.stream()
                .map(form -> form.bodyOf(path, problem))
                .filter(Objects::nonNull)
                .findFirst();
    }
}

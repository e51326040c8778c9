package io.countinghouse.defaults.problem;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Thrown to fail a request with a {@link Problem}. Features subclass it where a name reads better than a factory.
 * {@code slug} is the last segment of the problem's {@code type} and never changes once published.
 */
public class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String slug;
    private final String title;
    private final transient List<FieldError> errors;
    private final Duration retryAfter;
    private transient Throwable origin;

    public ProblemException(int status, String slug, String title, String detail) {
        this(status, slug, title, detail, List.of(), null);
    }

    public ProblemException(int status, String slug, String title, String detail, List<FieldError> errors) {
        this(status, slug, title, detail, errors, null);
    }

    public ProblemException(
            int status, String slug, String title, String detail, List<FieldError> errors, Duration retryAfter) {
        // No stack trace: a problem is an answer, and under a flood of bad requests traces cost more than the work.
        super(detail, null, false, false);
        this.status = status;
        this.slug = slug;
        this.title = title;
        this.errors = List.copyOf(errors);
        this.retryAfter = retryAfter;
    }

    public static ProblemException notFound(String noun, Object id) {
        return new ProblemException(404, "not-found", "Not found", "There is no " + noun + " '" + id + "'.");
    }

    public static ProblemException conflict(String slug, String detail) {
        return new ProblemException(409, slug, "Conflict", detail);
    }

    public static ProblemException unprocessable(String slug, String detail) {
        return new ProblemException(422, slug, "Unprocessable content", detail);
    }

    public static ProblemException badRequest(String slug, String detail) {
        return new ProblemException(400, slug, "Bad request", detail);
    }

    public static ProblemException invalidField(String field, String detail) {
        return new ProblemException(
                400, "validation", "Invalid request", field + ": " + detail, List.of(new FieldError(field, detail)));
    }

    public static ProblemException unauthorized(String detail) {
        return new ProblemException(401, "unauthorized", "Unauthorized", detail);
    }

    public static ProblemException forbidden(String detail) {
        return new ProblemException(403, "forbidden", "Forbidden", detail);
    }

    /** Overload or a missing dependency; {@code retryAfter} is rounded up to whole seconds in the header. */
    public static ProblemException unavailable(String slug, String detail, Duration retryAfter) {
        return new ProblemException(503, slug, "Service unavailable", detail, List.of(), retryAfter);
    }

    /** The failure that the answer stands for; the log tells of it in the line about the answer. */
    public ProblemException causedBy(Throwable failure) {
        origin = failure;
        return this;
    }

    @Override
    public synchronized Throwable getCause() {
        return origin;
    }

    public static ProblemException tooManyRequests(String slug, String detail, Duration retryAfter) {
        return new ProblemException(429, slug, "Too many requests", detail, List.of(), retryAfter);
    }

    public int status() {
        return status;
    }

    public String slug() {
        return slug;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    public Problem toProblem(String instance) {
        return new Problem(Problem.typeOf(slug), title, status, getMessage(), instance, errors);
    }
}

package io.countinghouse.defaults.problem;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.quarkus.arc.All;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns whatever a request can throw into a {@link Problem}; what is not foreseen becomes a 500 without details. */
@Priority(Priorities.USER)
class ProblemMappers {

    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    /** How long a client should wait when the database refuses or has no connection left: one pool turnover. */
    private static final Duration DATABASE_RETRY = Duration.ofSeconds(1);

    /** How resources call the parameter that is the body; no query parameter is called so. */
    private static final Set<String> BODIES = Set.of("request", "requests", "event");

    private static final Set<String> TAKEN = Set.of("23505", "23P01");

    @Inject
    UriInfo uri;

    @Inject
    Request request;

    @Inject
    CurrentVertxRequest http;

    @Inject
    Denials denials;

    @Inject
    @All
    List<ProblemForm> forms;

    @ServerExceptionMapper
    public Uni<Response> problem(ProblemException exception) {
        return exception.status() == 403 ? denied(exception) : Uni.createFrom().item(answer(exception));
    }

    @ServerExceptionMapper
    public Response constraintViolation(ConstraintViolationException exception) {
        List<FieldError> errors = exception.getConstraintViolations().stream()
                .map(violation -> new FieldError(fieldOf(violation), violation.getMessage()))
                .sorted((a, b) -> a.field().compareTo(b.field()))
                .toList();
        String detail =
                errors.stream().map(e -> e.field() + ": " + e.detail()).collect(Collectors.joining("; ", "", "."));
        return answer(new ProblemException(400, "validation", "Invalid request", detail, errors));
    }

    /** Malformed JSON, wrong types, unknown properties: what Jackson refuses before validation can run. */
    @ServerExceptionMapper(
            value = {JacksonException.class, com.fasterxml.jackson.databind.exc.MismatchedInputException.class},
            priority = 1)
    public Response json(JacksonException exception) {
        return answer(problemOf(exception));
    }

    /** RFC 6750 section 3: without a token the challenge gives no reason, with one it says why that was not taken. */
    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    public Response unauthenticated(Exception exception) {
        Optional<String> reason = RefusedToken.reasonIn(http.getCurrent());
        ProblemException problem =
                ProblemException.unauthorized(reason.map(why -> why + "; this operation needs a valid one.")
                        .orElse("This operation needs a Bearer access token."));
        return Response.fromResponse(answer(problem))
                .header(
                        HttpHeaders.WWW_AUTHENTICATE,
                        reason.map(why -> "Bearer error=\"invalid_token\", error_description=\"" + why + "\"")
                                .orElse("Bearer"))
                .build();
    }

    @ServerExceptionMapper
    public Uni<Response> forbidden(ForbiddenException exception) {
        return denied(ProblemException.forbidden("The token's roles and scopes do not allow this operation."));
    }

    private Uni<Response> denied(ProblemException problem) {
        return denials.record(problem.slug()).map(ignored -> answer(problem));
    }

    @ServerExceptionMapper(priority = 10)
    public Response http(WebApplicationException exception) {
        for (Throwable cause = exception.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof JacksonException json) {
                return answer(problemOf(json));
            }
            if (cause instanceof ProblemException problem) {
                return answer(problem);
            }
        }
        Optional<ProblemException> parameter = refusedParameter(exception.getCause());
        if (parameter.isPresent()) {
            return answer(parameter.get());
        }
        Response response = exception.getResponse();
        int status = response.getStatus();
        if (status >= 500) {
            return unexpected(exception);
        }
        if (status < 400) {
            return response;
        }
        String title = Response.Status.fromStatusCode(status) == null
                ? "Error"
                : Response.Status.fromStatusCode(status).getReasonPhrase();
        Response answer = answer(new ProblemException(status, slugOf(title), title, detailOf(status)));
        Object allow = response.getHeaders().getFirst(HttpHeaders.ALLOW);
        return allow == null
                ? answer
                : Response.fromResponse(answer).header(HttpHeaders.ALLOW, allow).build();
    }

    /**
     * JAX-RS answers 404 when a parameter cannot be converted, which is right for an identifier in the path and
     * misleading for the query: there the parameter whose value the conversion complains of is named in a 400.
     */
    private Optional<ProblemException> refusedParameter(Throwable conversion) {
        if (conversion == null || conversion.getMessage() == null) {
            return Optional.empty();
        }
        String complaint = conversion.getMessage().toLowerCase(Locale.ROOT);
        return uri.getQueryParameters().entrySet().stream()
                .flatMap(entry -> entry.getValue().stream()
                        .filter(value -> !value.isEmpty() && complaint.contains(value.toLowerCase(Locale.ROOT)))
                        .map(value -> ProblemException.invalidField(
                                entry.getKey(), "'" + value + "' has the wrong type or format")))
                .findFirst();
    }

    @ServerExceptionMapper(priority = 100)
    public Response unexpected(Throwable exception) {
        for (Throwable cause : Faults.chain(exception)) {
            if (cause instanceof ProblemException problem) {
                return answer(problem);
            }
            Optional<ProblemException> refused = refusedByDatabase(cause, exception);
            if (refused.isPresent()) {
                return answer(refused.get());
            }
            if (Faults.isAway(cause)) {
                return answer(ProblemException.unavailable(
                                "overloaded",
                                "A resource this operation needs is not available just now.",
                                DATABASE_RETRY)
                        .causedBy(exception));
            }
        }
        LOG.error("unexpected failure", Faults.withoutValues(exception));
        return response(new ProblemException(
                500, "internal", "Internal error", "The request failed for a reason that is in the service's log."));
    }

    /**
     * Class 22 of SQLSTATE: data exceptions, such as a number out of range. Class 23: a constraint, the last wall behind the
     * checks of the code; it holds, so the request is refused, and the log names the constraint whose check is missing.
     * Hibernate Reactive wraps what the driver says into the exception of JDBC.
     */
    private static Optional<ProblemException> refusedByDatabase(Throwable cause, Throwable exception) {
        String state = Faults.sqlState(cause);
        if (state.startsWith("22")) {
            return Optional.of(ProblemException.unprocessable(
                    "value-out-of-range", "A value of the request does not fit what the database can hold."));
        }
        if (!state.startsWith("23")) {
            return Optional.empty();
        }
        LOG.warnf("constraint %s refused what no check did: %s", constraintIn(exception), Faults.describe(cause));
        return Optional.of(
                TAKEN.contains(state)
                        ? ProblemException.conflict(
                                "already-exists", "Another request has made the same, or something that excludes it.")
                        : ProblemException.unprocessable(
                                "value-refused", "A value of the request contradicts a rule of what is kept."));
    }

    /** Hibernate knows its name where the exception that it wraps does not. */
    private static String constraintIn(Throwable exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof org.hibernate.exception.ConstraintViolationException violation
                    && violation.getConstraintName() != null) {
                return violation.getConstraintName();
            }
        }
        return "without a name";
    }

    private static ProblemException problemOf(JacksonException exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException problem) {
                return problem;
            }
        }
        if (exception instanceof UnrecognizedPropertyException unknown) {
            return ProblemException.invalidField(pathOf(unknown), "this property is unknown");
        }
        if (exception instanceof JsonMappingException mapping
                && !mapping.getPath().isEmpty()) {
            // Exceptions of our own records carry a message meant for people; Jackson's name classes.
            String rule = mapping.getCause() instanceof IllegalArgumentException own && own.getMessage() != null
                    ? own.getMessage()
                    : "the value has the wrong type or format";
            return ProblemException.invalidField(pathOf(mapping), rule);
        }
        return ProblemException.badRequest("malformed-json", "The body is not the JSON document this operation takes.");
    }

    private static String pathOf(JsonMappingException exception) {
        return exception.getPath().stream()
                .map(reference ->
                        reference.getFieldName() == null ? "[" + reference.getIndex() + "]" : reference.getFieldName())
                .collect(Collectors.joining("."))
                .replace(".[", "[");
    }

    /** The last named nodes of the path, in snake_case: Java parameter and method names must not leak. */
    private static String fieldOf(ConstraintViolation<?> violation) {
        StringBuilder field = new StringBuilder();
        int depth = 0;
        for (Path.Node node : violation.getPropertyPath()) {
            // The first two nodes are the method and its parameter; a plain query parameter ends there.
            if (depth++ < 2 && !isLast(violation, node)) {
                continue;
            }
            if (node.getIndex() != null) {
                field.append('[').append(node.getIndex()).append(']');
            }
            if (node.getName() != null && !node.getName().startsWith("<")) {
                if (!field.isEmpty()) {
                    field.append('.');
                }
                field.append(snakeCase(node.getName()));
            }
        }
        return field.isEmpty() || BODIES.contains(field.toString()) ? "body" : field.toString();
    }

    private static boolean isLast(ConstraintViolation<?> violation, Path.Node node) {
        Path.Node last = null;
        for (Path.Node each : violation.getPropertyPath()) {
            last = each;
        }
        return last == node;
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    private static String slugOf(String title) {
        return title.toLowerCase(Locale.ROOT).replace(' ', '-');
    }

    private static String detailOf(int status) {
        return switch (status) {
            case 400 -> "The request is malformed.";
            case 404 -> "There is nothing at this path, or an identifier in it is malformed.";
            case 405 -> "This path does not support the method.";
            case 406 -> "No representation matches the Accept header.";
            case 413 -> "The body is larger than this operation takes.";
            case 415 -> "The operation does not take this Content-Type.";
            default -> "The request was refused with status " + status + ".";
        };
    }

    private Response answer(ProblemException exception) {
        if (exception.status() < 500) {
            // Who asks why has the correlation id; the detail stays out, because it may quote the body.
            LOG.infof(
                    "answering %d %s to %s %s",
                    exception.status(), exception.slug(), request.getMethod(), uri.getPath());
        } else {
            LOG.warnf(
                    "answering %d %s to %s %s%s",
                    exception.status(),
                    exception.slug(),
                    request.getMethod(),
                    uri.getPath(),
                    exception.getCause() == null ? "" : ": " + Faults.line(exception.getCause()));
        }
        return response(exception);
    }

    private Response response(ProblemException exception) {
        String path = uri.getRequestUri().getRawPath();
        Optional<Object> foreign = ProblemForm.of(forms, path, exception);
        Response.ResponseBuilder builder = Response.status(exception.status())
                .type(foreign.isPresent() ? MediaType.APPLICATION_JSON : Problem.MEDIA_TYPE)
                .entity(foreign.orElseGet(() -> exception.toProblem(path)));
        exception
                .retryAfter()
                .ifPresent(wait -> builder.header(
                        HttpHeaders.RETRY_AFTER,
                        Math.max(1, wait.plusMillis(999).toSeconds())));
        return builder.build();
    }
}

package io.countinghouse.defaults.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.countinghouse.defaults.problem.Faults;
import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.defaults.problem.ProblemForm;
import io.countinghouse.defaults.text.WellFormed;
import io.quarkus.arc.All;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.ManagementInterface;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The first to see a request and the last resort for one that nobody answers. It refuses what no resource could make sense
 * of, gives every request a time in which it ends, and answers with a problem where the framework would show a page of
 * its own.
 */
@ApplicationScoped
class FrontDoor {

    private static final Logger LOG = Logger.getLogger(FrontDoor.class);

    /** Before authentication, which Quarkus runs at 200, and whatever else an extension adds. */
    private static final int FIRST = 100_000;

    /** Enough for the rest of a body that a client is in the middle of sending. */
    private static final long REST_MILLIS = 5_000;

    private static final Pattern MEDIA_TYPE =
            Pattern.compile("[\\w!#$&^.+-]{1,127}/[\\w!#$&^.+*-]{1,127}[ \\t]*(;.*)?");

    private static final Pattern CHARSET =
            Pattern.compile(";[ \\t]*charset[ \\t]*=(?:\"([^\"]*)\"|([^;]*))", Pattern.CASE_INSENSITIVE);

    private static final Duration RETRY = Duration.ofSeconds(5);

    private final HttpConfig config;
    private final ObjectMapper json;
    private final List<ProblemForm> forms;
    private final long longestBody;

    FrontDoor(
            HttpConfig config,
            ObjectMapper json,
            @All List<ProblemForm> forms,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize longestBody) {
        this.config = config;
        this.json = json;
        this.forms = forms;
        this.longestBody = longestBody.asLongValue();
    }

    void guard(@Observes Filters filters) {
        filters.register(this::enter, FIRST);
    }

    void answerFailures(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(this::failed);
    }

    /** Probes and scrapes count as requests of their connections, too. */
    void watch(@Observes ManagementInterface management) {
        management.router().route().order(Integer.MIN_VALUE).handler(context -> {
            count(context);
            context.next();
        });
    }

    private void enter(RoutingContext context) {
        count(context);
        HttpServerRequest request = context.request();
        if (request.headers().getAll(HttpHeaders.HOST).size() > 1) {
            refuse(
                    context,
                    ProblemException.badRequest("malformed-request", "The request has more than one Host header."));
        } else if (!WellFormed.isWellFormedUri(request.uri())) {
            refuse(
                    context,
                    ProblemException.badRequest(
                            "malformed-request",
                            "The path or the query holds a percent-encoding that is not UTF-8, or the character NUL."));
        } else if (!isReadable(request.getHeader(HttpHeaders.CONTENT_TYPE))) {
            refuse(
                    context,
                    new ProblemException(
                            415,
                            "unsupported-media-type",
                            "Unsupported media type",
                            "The Content-Type is not a media type, or names a charset that is not known."));
        } else if (lengthOf(request) > longestBody) {
            close(context);
            refuse(context, tooLarge());
        } else {
            limit(context);
            context.next();
        }
    }

    private static void count(RoutingContext context) {
        var connection = context.request().connection();
        ConnectionDeadline.requestBegan(connection);
        context.addEndHandler(ended -> ConnectionDeadline.requestEnded(connection));
    }

    private void limit(RoutingContext context) {
        HttpServerRequest request = context.request();
        long handling = context.vertx().setTimer(config.handlingTime().toMillis(), timer -> late(context));
        boolean hasBody = lengthOf(request) > 0 || request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
        long body = hasBody
                ? context.vertx().setTimer(config.bodyTime().toMillis(), timer -> {
                    if (!request.isEnded()) {
                        unfinished(context);
                    }
                })
                : -1;
        context.addEndHandler(ended -> {
            context.vertx().cancelTimer(handling);
            context.vertx().cancelTimer(body);
        });
    }

    private void unfinished(RoutingContext context) {
        close(context);
        refuse(
                context,
                new ProblemException(
                        408,
                        "request-timeout",
                        "Request timeout",
                        "The body did not arrive within " + config.bodyTime().toSeconds() + " s."));
    }

    private void late(RoutingContext context) {
        LOG.warnf(
                "answering 503: a request took longer than %d s",
                config.handlingTime().toSeconds());
        refuse(
                context,
                ProblemException.unavailable(
                        "took-too-long",
                        "The operation did not end within "
                                + config.handlingTime().toSeconds()
                                + " s. It may still take effect; repeat it with the same Idempotency-Key.",
                        RETRY));
    }

    private void failed(RoutingContext context) {
        int status = context.statusCode();
        if (status == 413) {
            close(context);
            refuse(context, tooLarge());
        } else if (status >= 400 && status < 500 || context.failure() instanceof IllegalArgumentException) {
            refuse(
                    context,
                    new ProblemException(
                            status >= 400 && status < 500 ? status : 400,
                            "malformed-request",
                            "Bad request",
                            "The request is malformed."));
        } else {
            LOG.error("unexpected failure before a resource", Faults.withoutValues(context.failure()));
            refuse(
                    context,
                    new ProblemException(
                            500,
                            "internal",
                            "Internal error",
                            "The request failed for a reason that is in the service's log."));
        }
    }

    private ProblemException tooLarge() {
        return new ProblemException(
                413,
                "content-too-large",
                "Content too large",
                "The body is larger than the " + longestBody + " bytes that this service takes.");
    }

    /**
     * A client that still sends would not see the answer if the connection were closed under it: the rest is read for a while and
     * thrown away. Then the connection ends, for it cannot carry another request.
     */
    private static void close(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!request.isEnded()) {
            request.handler(Buffer::length);
            request.exceptionHandler(gone -> {});
            request.resume();
        }
        context.addEndHandler(ended -> {
            if (request.isEnded()) {
                request.connection().close();
                return;
            }
            long giveUp = context.vertx()
                    .setTimer(REST_MILLIS, timer -> request.connection().close());
            request.endHandler(all -> {
                context.vertx().cancelTimer(giveUp);
                request.connection().close();
            });
        });
    }

    private void refuse(RoutingContext context, ProblemException problem) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            context.request().connection().close();
            return;
        }
        problem.retryAfter()
                .ifPresent(wait -> response.putHeader(HttpHeaders.RETRY_AFTER, Long.toString(wait.toSeconds())));
        String path = context.request().path();
        Optional<Object> foreign = ProblemForm.of(forms, path, problem);
        response.setStatusCode(problem.status())
                .putHeader(
                        HttpHeaders.CONTENT_TYPE, foreign.isPresent() ? "application/json" : "application/problem+json")
                .end(write(foreign.orElseGet(() -> problem.toProblem(path))));
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What follows would fail on a header that is not of the form of RFC 9110 section 8.3.1, each in its own way. */
    private static boolean isReadable(String contentType) {
        if (contentType == null) {
            return true;
        }
        if (!MEDIA_TYPE.matcher(contentType).matches()) {
            return false;
        }
        Matcher charset = CHARSET.matcher(contentType);
        return !charset.find() || WellFormed.isCharset(charset.group(1) == null ? charset.group(2) : charset.group(1));
    }

    private static long lengthOf(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}

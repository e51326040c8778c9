package io.countinghouse.ai.chat;

import io.countinghouse.ai.provider.ProviderFailedException;
import io.countinghouse.ai.provider.ProviderFailedException.Refusal;
import io.countinghouse.defaults.problem.FieldError;
import io.countinghouse.defaults.problem.ProblemException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** An error as OpenAI's clients read it. */
@RegisterForReflection
record OpenAiError(Body error) {

    private static final String INVALID_REQUEST = "invalid_request_error";

    @RegisterForReflection
    record Body(String message, String type, String param, String code) {}

    static Response invalid(String message, String param, String code) {
        return Response.status(400)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(new OpenAiError(new Body(message, INVALID_REQUEST, param, code)))
                .build();
    }

    /** The code of a problem is its slug, except for the one that clients know by OpenAI's name. */
    static OpenAiError of(ProblemException problem) {
        List<FieldError> errors = problem.toProblem(null).errors();
        return new OpenAiError(new Body(
                problem.getMessage(),
                typeOf(problem.status()),
                errors.isEmpty() ? null : errors.getFirst().field(),
                problem.status() == 401 ? "invalid_api_key" : problem.slug()));
    }

    /** With the status, the type, the parameter and the code that the endpoint gave, as far as it gave them. */
    static Response of(ProviderFailedException failed) {
        Refusal refusal = failed.refusal().orElseGet(() -> new Refusal(failed.status(), null, null, null));
        Response.ResponseBuilder answer = Response.status(refusal.status())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(new OpenAiError(new Body(
                        failed.getMessage(),
                        refusal.type() == null ? typeOf(refusal.status()) : refusal.type(),
                        refusal.param(),
                        refusal.code() == null ? failed.slug() : refusal.code())));
        failed.retryAfter()
                .ifPresent(wait -> answer.header(
                        HttpHeaders.RETRY_AFTER, wait.plusMillis(999).toSeconds()));
        if (failed.isAnswered()) {
            // What OpenAI's clients look at before they ask, and pay, again.
            answer.header("x-should-retry", "false");
        }
        return answer.build();
    }

    private static String typeOf(int status) {
        if (status >= 500) {
            return "server_error";
        }
        return status == 429 ? "rate_limit_error" : INVALID_REQUEST;
    }
}

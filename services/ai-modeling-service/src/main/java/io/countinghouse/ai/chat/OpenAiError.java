package io.countinghouse.ai.chat;

import io.countinghouse.defaults.problem.ProblemException;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** An error as OpenAI's clients read it. */
@RegisterForReflection
record OpenAiError(Body error) {

    @RegisterForReflection
    record Body(String message, String type, String param, String code) {}

    static Response invalid(String message, String param, String code) {
        return answer(400, new Body(message, "invalid_request_error", param, code))
                .build();
    }

    static Response of(ProblemException problem) {
        String type = problem.status() >= 500
                ? "server_error"
                : problem.status() == 429 ? "rate_limit_error" : "invalid_request_error";
        Response.ResponseBuilder answer =
                answer(problem.status(), new Body(problem.getMessage(), type, null, problem.slug()));
        problem.retryAfter().ifPresent(wait -> answer.header(HttpHeaders.RETRY_AFTER, wait.toSeconds()));
        return answer.build();
    }

    private static Response.ResponseBuilder answer(int status, Body body) {
        return Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(new OpenAiError(body));
    }
}

package io.countinghouse.ai.chat;

import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.defaults.problem.ProblemForm;
import jakarta.enterprise.context.ApplicationScoped;

/** Whatever refuses a request below {@code /v1/chat}, be it before or after its resource, says so in OpenAI's form. */
@ApplicationScoped
class OpenAiErrors implements ProblemForm {

    private static final String PATH = "/v1/chat";

    @Override
    public Object bodyOf(String path, ProblemException problem) {
        return path.equals(PATH) || path.startsWith(PATH + "/") ? OpenAiError.of(problem) : null;
    }
}

package io.countinghouse.ai;

import static org.hamcrest.Matchers.blankOrNullString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.countinghouse.testing.ServiceContract;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.builder.ResponseSpecBuilder;
import io.restassured.http.ContentType;
import io.restassured.specification.ResponseSpecification;
import java.util.List;

@QuarkusTest
class ContractTest extends ServiceContract {

    @Override
    protected List<String> counters() {
        return List.of("ai_generations_total", "ai_feedback_total", "ai_generations_unrecorded");
    }

    @Override
    protected ResponseSpecification refusal(String path, int status, String slug) {
        if (!path.startsWith("/v1/chat/")) {
            return super.refusal(path, status, slug);
        }
        return new ResponseSpecBuilder()
                .expectStatusCode(status)
                .expectContentType(ContentType.JSON)
                .expectBody("error.code", is(status == 401 ? "invalid_api_key" : slug))
                .expectBody("error.type", is("invalid_request_error"))
                .expectBody("error.message", not(blankOrNullString()))
                .build();
    }
}

package io.countinghouse.testing;

import io.quarkus.test.junit.callback.QuarkusTestBeforeEachCallback;
import io.quarkus.test.junit.callback.QuarkusTestMethodContext;
import io.restassured.RestAssured;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.net.URI;

/** Keeps every exchange of the tests, without their asking (service loader), for {@link OperationCoverage}. */
public class ExchangeRecorder implements QuarkusTestBeforeEachCallback, Filter {

    @Override
    public void beforeEach(QuarkusTestMethodContext context) {
        RestAssured.replaceFiltersWith(this);
    }

    @Override
    public Response filter(
            FilterableRequestSpecification request, FilterableResponseSpecification expected, FilterContext context) {
        Response response = context.next(request, expected);
        URI uri = URI.create(request.getURI());
        new Exchange(
                        request.getMethod().toLowerCase(java.util.Locale.ROOT),
                        uri.getPath(),
                        request.getBody() != null || !request.getFormParams().isEmpty(),
                        uri.getQuery() != null,
                        response.statusCode(),
                        problem(response),
                        "true".equals(response.header("Idempotency-Replayed")))
                .keep();
        return response;
    }

    private static String problem(Response response) {
        if (response.contentType() == null || !response.contentType().startsWith("application/problem+json")) {
            return "";
        }
        String type = response.jsonPath().getString("type");
        return type == null ? "" : type.substring(type.lastIndexOf('/') + 1);
    }
}

package io.countinghouse.testing;

import static org.hamcrest.Matchers.blankOrNullString;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import io.restassured.builder.ResponseSpecBuilder;
import io.restassured.specification.ResponseSpecification;

/** What a refused request must look like: an RFC 9457 problem, and nothing of the implementation in it. */
public final class Problems {

    private Problems() {}

    public static ResponseSpecification problem(int status, String slug) {
        return new ResponseSpecBuilder()
                .expectStatusCode(status)
                .expectContentType("application/problem+json")
                .expectBody("type", endsWith("/problems/" + slug))
                .expectBody("status", is(status))
                .expectBody("title", not(blankOrNullString()))
                .expectBody("detail", not(blankOrNullString()))
                .expectBody("detail", not(containsString("Exception")))
                .expectBody("detail", not(containsString("io.countinghouse")))
                .build();
    }

    /** A 400 that names the field at fault as it is named in the request. */
    public static ResponseSpecification invalid(String field) {
        return new ResponseSpecBuilder()
                .addResponseSpecification(problem(400, "validation"))
                .expectBody("errors.field", hasItem(field))
                .build();
    }
}

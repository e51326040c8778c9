package io.countinghouse.invoice;

import static io.countinghouse.invoice.Invoicing.finalized;
import static io.countinghouse.invoice.Invoicing.manual;
import static io.countinghouse.invoice.Invoicing.pay;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.countinghouse.testing.StubService;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class MetricsTest {
    @TestHTTPResource(value = "/metrics", management = true)
    URI metrics;

    @AfterEach
    void forget() {
        StubService.reset();
    }

    @Test
    void countersMoveWithTheInvoice() {
        // Given
        double generated = counter("invoice_generated_total");
        double paid = counter("invoice_paid_total");
        double requests = counter("invoice_requests_total");
        // When
        pay(finalized(UUID.randomUUID()), manual("transfer")).then().statusCode(200);
        // Then
        assertThat(counter("invoice_generated_total")).isEqualTo(generated + 1);
        assertThat(counter("invoice_paid_total")).isEqualTo(paid + 1);
        assertThat(counter("invoice_requests_total")).isGreaterThanOrEqualTo(requests + 3);
    }

    private double counter(String name) {
        Matcher line = Pattern.compile("(?m)^" + name + "(?:\\{[^}]*})? ([0-9.E]+)")
                .matcher(given().get(metrics).asString());
        assertThat(line.find()).as(name).isTrue();
        return Double.parseDouble(line.group(1));
    }
}

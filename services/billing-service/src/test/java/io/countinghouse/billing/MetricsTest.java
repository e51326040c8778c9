package io.countinghouse.billing;

import static io.countinghouse.billing.Billing.flatPlan;
import static io.countinghouse.billing.Billing.operator;
import static io.countinghouse.billing.Billing.owner;
import static io.countinghouse.billing.Billing.subscription;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.countinghouse.testing.StubService;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
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
    void countersMoveWithUpgradesAndAlerts() {
        // Given
        UUID tenant = UUID.randomUUID();
        UUID id = subscription(tenant, flatPlan("1.00"), Instant.now().minusSeconds(3600), null);
        Billing.usage(Map.of("tokens", "5"));
        owner(tenant)
                .body("{\"name\": \"budget\", \"meter\": \"tokens\", \"threshold\": \"5\"}")
                .post("/v1/billing/alerts");
        double upgrades = counter("billing_upgrades_total");
        double alerts = counter("billing_alerts_total");
        // When
        owner(tenant)
                .body("{\"plan_code\": \"" + flatPlan("2.00") + "\"}")
                .post("/v1/billing/subscription/" + id + "/upgrade")
                .then()
                .statusCode(200);
        operator().post("/v1/billing/alerts/evaluate").then().statusCode(200);
        // Then
        assertThat(counter("billing_upgrades_total")).isEqualTo(upgrades + 1);
        assertThat(counter("billing_alerts_total")).isGreaterThanOrEqualTo(alerts + 1);
    }

    private double counter(String name) {
        Matcher line = Pattern.compile("(?m)^" + name + "(?:\\{[^}]*})? ([0-9.E]+)")
                .matcher(given().get(metrics).asString());
        assertThat(line.find()).as(name).isTrue();
        return Double.parseDouble(line.group(1));
    }
}

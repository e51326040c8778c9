package io.countinghouse.invoice.payment;

import static io.countinghouse.invoice.Invoicing.finalized;
import static io.countinghouse.invoice.Invoicing.owner;
import static org.hamcrest.Matchers.is;

import io.countinghouse.testing.Problems;
import io.countinghouse.testing.StubService;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(TestProviderTest.AsInstalled.class)
class TestProviderTest {
    private final UUID tenant = UUID.randomUUID();

    @AfterEach
    void forget() {
        StubService.reset();
    }

    @Test
    void anImaginaryCardPaysNothingWhereItIsNotSwitchedOn() {
        // Given
        String id = finalized(tenant);
        // When
        var refused = owner(tenant)
                .body("{\"method\": \"test\", \"reference\": \"card_ok\"}")
                .post("/v1/invoices/" + id + "/pay");
        // Then
        refused.then().spec(Problems.problem(422, "payment-method-disabled"));
        owner(tenant).get("/v1/invoices/" + id).then().body("status", is("finalized"));
    }

    @Test
    void withoutAKeyStripeChargesNothing() {
        // Given
        String id = finalized(tenant);
        // When
        var refused = owner(tenant)
                .body("{\"method\": \"stripe\", \"reference\": \"pm_card_visa\"}")
                .post("/v1/invoices/" + id + "/pay");
        // Then
        refused.then().spec(Problems.problem(503, "payment-provider-not-configured"));
        owner(tenant).get("/v1/invoices/" + id).then().body("status", is("finalized"));
    }

    /** As the service is shipped. */
    public static class AsInstalled implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("countinghouse.invoice.payment.test-provider", "false");
        }
    }
}

package io.countinghouse.billing.subscription;

import static io.countinghouse.billing.Billing.close;
import static io.countinghouse.billing.Billing.owner;
import static org.assertj.core.api.Assertions.assertThat;

import io.countinghouse.billing.Billing;
import io.countinghouse.billing.TestClock;
import io.countinghouse.testing.StubService;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A customer who switches between plans within a month gets each allowance, and pays each fee, once. */
@QuarkusTest
class PlanSwitchTest {
    private static final Instant JUNE = Instant.parse("2027-06-01T00:00:00Z");
    private static final Instant JULY = Instant.parse("2027-07-01T00:00:00Z");

    @Inject
    TestClock clock;

    private final UUID tenant = UUID.randomUUID();

    @AfterEach
    void backToNow() {
        clock.reset();
        StubService.reset();
    }

    @Test
    void fourUpgradesInSixSecondsGiveAThousandFreeUnitsOnce() {
        // Given
        String prices = """
                [{"name": "fee", "model": "flat", "amount": "30.00"},
                 {"name": "calls", "model": "graduated", "meter": "calls",
                  "tiers": [{"up_to": "1000", "unit_price": "0"}, {"unit_price": "1.00"}]}]""";
        String a = Billing.plan(prices);
        String b = Billing.plan(prices);
        String id = subscribed(a);
        upgrade(id, b, 2);
        upgrade(id, a, 3);
        upgrade(id, b, 5);
        upgrade(id, a, 6);
        Map<Instant, String> events = new TreeMap<>();
        for (long second : new long[] {1, 2, 3, 5}) {
            events.put(JUNE.plusSeconds(second), "900");
        }
        Billing.used(Map.of("calls", events));
        Billing.meter("calls", "sum");
        clock.moveTo(JULY);
        // When
        List<String> amounts =
                close(UUID.fromString(id)).statusCode(200).extract().path("data.net.amount");
        // Then
        assertThat(amounts).hasSize(5);
        assertThat(sum(amounts)).isEqualByComparingTo("2630.00");
    }

    @Test
    void seatsOfTwoPlansCostOneMonthByTime() {
        // Given
        String seats = "[{\"name\": \"seats\", \"model\": \"per_unit\", \"meter\": \"seats\", \"unit_price\": \"%s\"}]";
        String a = Billing.plan(seats.formatted("10"));
        String b = Billing.plan(seats.formatted("12"));
        String id = subscribed(a);
        upgrade(id, b, Duration.ofDays(15).toSeconds());
        Billing.usage(Map.of("seats", "5"));
        Billing.meter("seats", "max");
        clock.moveTo(JULY);
        // When
        List<String> amounts =
                close(UUID.fromString(id)).statusCode(200).extract().path("data.net.amount");
        // Then
        assertThat(amounts).containsExactly("25.00", "30.00");
    }

    @Test
    void aMinimumFeeOfTwoPlansIsChargedByTime() {
        // Given
        String minimum = """
                [{"name": "calls", "model": "graduated", "meter": "calls", "zero_usage_flat_fee": true,
                  "tiers": [{"up_to": "100", "unit_price": "0", "flat": "%s"}, {"unit_price": "1.00"}]}]""";
        String id = subscribed(Billing.plan(minimum.formatted("50")));
        upgrade(id, Billing.plan(minimum.formatted("80")), 3);
        Billing.used(Map.of("calls", Map.of()));
        clock.moveTo(JULY);
        // When
        List<String> amounts =
                close(UUID.fromString(id)).statusCode(200).extract().path("data.net.amount");
        // Then
        assertThat(amounts).hasSize(2);
        assertThat(sum(amounts)).isBetween(new BigDecimal("50.00"), new BigDecimal("80.00"));
    }

    /** Three thirds of ten, each of which is 3.33 by itself. */
    @Test
    void thePartsOfAFeeAddUpToTheFee() {
        // Given
        String id = subscribed(Billing.flatPlan("10.00"));
        String same = Billing.flatPlan("10.00");
        String again = Billing.flatPlan("10.00");
        upgrade(id, same, 864_000);
        upgrade(id, again, 1_728_000);
        clock.moveTo(JULY);
        // When
        List<String> amounts =
                close(UUID.fromString(id)).statusCode(200).extract().path("data.net.amount");
        // Then
        assertThat(sum(amounts)).isEqualByComparingTo("10.00");
    }

    @Test
    void theNextMonthIsWholeAgain() {
        // Given
        String prices = """
                [{"name": "calls", "model": "package", "meter": "calls", "package_size": "1", "package_price": "1",
                  "free_units": "1000"}]""";
        String a = Billing.plan(prices);
        String b = Billing.plan(prices);
        String id = subscribed(a);
        upgrade(id, b, 60);
        Billing.used(Map.of("calls", Map.of(JUNE, "900", JUNE.plusSeconds(100), "300", JULY, "1200")));
        clock.moveTo(Instant.parse("2027-08-01T00:00:00Z"));
        // When
        List<String> amounts =
                close(UUID.fromString(id)).statusCode(200).extract().path("data.net.amount");
        // Then
        assertThat(amounts).containsExactly("0.00", "200.00", "200.00");
    }

    @Test
    void aPreviewOfAPartCostsWhatTheBillWill() {
        // Given
        String prices = """
                [{"name": "calls", "model": "graduated", "meter": "calls",
                  "tiers": [{"up_to": "1000", "unit_price": "0"}, {"unit_price": "1.00"}]}]""";
        String a = Billing.plan(prices);
        String b = Billing.plan(prices);
        String id = subscribed(a);
        upgrade(id, b, 60);
        Billing.used(Map.of("calls", Map.of(JUNE, "900", JUNE.plusSeconds(60), "300")));
        // When
        var preview =
                owner(tenant).body("{\"subscription_id\": \"" + id + "\"}").post("/v1/billing/preview");
        // Then
        assertThat(preview.<String>path("net.amount")).isEqualTo("200.00");
    }

    private String subscribed(String plan) {
        clock.moveTo(JUNE);
        return Billing.subscription(tenant, plan, JUNE, null).toString();
    }

    private void upgrade(String id, String plan, long second) {
        clock.moveTo(JUNE.plusSeconds(second));
        owner(tenant)
                .body("{\"plan_code\": \"" + plan + "\"}")
                .post("/v1/billing/subscription/" + id + "/upgrade")
                .then()
                .statusCode(200);
    }

    private static BigDecimal sum(List<String> amounts) {
        return amounts.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}

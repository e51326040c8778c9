package io.countinghouse.billing.rating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.countinghouse.billing.rating.PricingModel.Graduated;
import io.countinghouse.billing.rating.PricingModel.Package;
import io.countinghouse.billing.rating.PricingModel.Percentage;
import io.countinghouse.billing.rating.PricingModel.Volume;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every number that other systems publish, read from the shared vectors; skipped where the folder is not there. */
class PublishedPricingTest {

    @TestFactory
    Stream<DynamicTest> graduatedAmountsArePublishedOnes() {
        return tiered("graduated", Graduated::new);
    }

    @TestFactory
    Stream<DynamicTest> volumeAmountsArePublishedOnes() {
        return tiered("volume", Volume::new);
    }

    @TestFactory
    Stream<DynamicTest> packageAmountsArePublishedOnes() {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode vector : vectors().path("package")) {
            for (JsonNode expected : vector.path("cases")) {
                PricingModel model = new Package(
                        decimal(vector.path("package_size")),
                        decimal(vector.path("package_price")),
                        decimal(expected.path("free_units")));
                Usage usage = Usage.of(decimal(expected.path("quantity")));
                tests.add(check(vector, expected, model, usage, decimal(expected.path("amount"))));
            }
        }
        return tests.stream();
    }

    @TestFactory
    Stream<DynamicTest> percentageAmountsArePublishedOnes() {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode vector : vectors().path("percentage")) {
            List<BigDecimal> events = new ArrayList<>();
            vector.path("events").forEach(event -> events.add(decimal(event)));
            for (JsonNode expected : vector.path("cases")) {
                JsonNode freeEvents = expected.path("free_events");
                PricingModel model = new Percentage(
                        decimal(vector.path("rate_percent")),
                        decimal(vector.path("fixed_per_paid_event")),
                        freeEvents.isNumber() ? freeEvents.intValue() : null,
                        decimal(expected.path("free_amount")),
                        decimal(vector.path("per_transaction_min")),
                        decimal(vector.path("per_transaction_max")));
                tests.add(check(vector, expected, model, Usage.ofEvents(events), decimal(expected.path("amount"))));
            }
        }
        return tests.stream();
    }

    private interface TieredModel {
        PricingModel of(List<Tier> tiers, boolean zeroUsageFlatFee);
    }

    private static Stream<DynamicTest> tiered(String name, TieredModel made) {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode vector : vectors().path(name)) {
            List<Tier> tiers = new ArrayList<>();
            vector.path("tiers")
                    .forEach(tier ->
                            tiers.add(new Tier(decimal(tier.get(0)), decimal(tier.get(1)), decimal(tier.get(2)))));
            PricingModel model =
                    made.of(tiers, vector.path("zero_usage_flat_fee").asBoolean(false));
            for (JsonNode expected : vector.path("cases")) {
                Usage usage = Usage.of(decimal(expected.get(0)));
                tests.add(check(vector, expected, model, usage, decimal(expected.get(1))));
            }
        }
        return tests.stream();
    }

    private static DynamicTest check(
            JsonNode vector, JsonNode expected, PricingModel model, Usage usage, BigDecimal amount) {
        return dynamicTest(vector.path("source").asText() + " " + expected, () -> {
            // When
            Charge charge = Rating.rate(Price.of(CurrencyUnit.USD, model), usage);
            // Then
            assertThat(charge.exact()).isEqualByComparingTo(amount);
        });
    }

    private static BigDecimal decimal(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? null : new BigDecimal(node.asText());
    }

    private static JsonNode vectors() {
        Path root = Path.of("").toAbsolutePath();
        while (root != null && !Files.isDirectory(root.resolve("services"))) {
            root = root.getParent();
        }
        Path file = root == null ? Path.of("pricing.json") : root.resolve("../shared/vectors/pricing.json");
        assumeTrue(Files.isRegularFile(file), "no published vectors at " + file + "; RatingTest holds fixed ones");
        try {
            return new JsonMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

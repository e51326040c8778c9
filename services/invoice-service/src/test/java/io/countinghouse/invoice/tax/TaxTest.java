package io.countinghouse.invoice.tax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.joda.money.CurrencyMismatchException;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaxTest {

    @ParameterizedTest
    @CsvSource({
        "USD 100.00,8.875,USD 8.88",
        "JPY 999,10.5,JPY 105",
        "EUR 92.08,19,EUR 17.50",
        "EUR 0.00,19,EUR 0.00",
        "EUR 100.00,0,EUR 0.00",
        "EUR 0.50,5,EUR 0.03",
        "KWD 1.005,10,KWD 0.101"
    })
    void taxIsRoundedHalfUpToTheCurrency(String amount, BigDecimal rate, String expected) {
        // When
        Money tax = Tax.on(Money.parse(amount), rate);
        // Then
        assertThat(tax).isEqualTo(Money.parse(expected));
    }

    @TestFactory
    List<DynamicTest> taxIsThePublishedOne() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (root != null && !Files.isDirectory(root.resolve("services"))) {
            root = root.getParent();
        }
        Path file = root == null ? Path.of("pricing.json") : root.resolve("../shared/vectors/pricing.json");
        assumeTrue(Files.isRegularFile(file), "no published vectors at " + file + "; the fixed cases stand above");
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode vector : new JsonMapper().readTree(file.toFile()).path("tax")) {
            for (JsonNode published : vector.path("cases")) {
                tests.add(dynamicTest(published.toString(), () -> {
                    CurrencyUnit currency =
                            CurrencyUnit.of(published.path("currency").asText());
                    Money amount = Money.of(
                            currency, new BigDecimal(published.path("amount").asText()));
                    // When
                    Money tax = Tax.on(
                            amount,
                            new BigDecimal(published.path("rate_percent").asText()));
                    // Then
                    assertThat(tax.getAmount())
                            .isEqualByComparingTo(published.path("tax").asText());
                }));
            }
        }
        return tests;
    }

    @Test
    void taxIsComputedOnTheSumOfARateAndNotOnEachLine() {
        // Given
        List<TaxableLine> lines = List.of(
                line("EUR 0.03", "DE19", "19"), line("EUR 0.03", "DE19", "19.0"), line("EUR 0.03", "DE19", "19"));
        // When
        List<TaxGroup> groups = Tax.groups(lines);
        // Then
        assertThat(groups).hasSize(1);
        assertThat(groups.getFirst().taxable()).isEqualTo(Money.parse("EUR 0.09"));
        assertThat(groups.getFirst().amount()).isEqualTo(Money.parse("EUR 0.02"));
    }

    @Test
    void eachRateIsAGroupInTheOrderOfItsFirstLine() {
        // Given
        List<TaxableLine> lines = List.of(
                line("EUR 10.00", "DE19", "19"),
                line("EUR 20.00", "DE7", "7"),
                line("EUR 1.00", "DE19", "19"),
                line("EUR 5.00", null, "0"));
        // When
        List<TaxGroup> groups = Tax.groups(lines);
        // Then
        assertThat(groups).extracting(TaxGroup::code).containsExactly("DE19", "DE7", null);
        assertThat(groups)
                .extracting(TaxGroup::amount)
                .containsExactly(Money.parse("EUR 2.09"), Money.parse("EUR 1.40"), Money.parse("EUR 0.00"));
    }

    @Test
    void noLinesOweNoTax() {
        // When
        List<TaxGroup> groups = Tax.groups(List.of());
        // Then
        assertThat(groups).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"-0.1", "100.1"})
    void aRateBelowZeroOrAboveHundredIsRefused(String rate) {
        // When
        var refused = assertThatThrownBy(() -> line("EUR 1.00", "X", rate));
        // Then
        refused.isInstanceOf(IllegalArgumentException.class).hasMessageContaining(rate);
    }

    @Test
    void currenciesDoNotMix() {
        // Given
        List<TaxableLine> lines = List.of(line("EUR 1.00", "X", "1"), line("USD 1.00", "X", "1"));
        // When
        var refused = assertThatThrownBy(() -> Tax.groups(lines));
        // Then
        refused.isInstanceOf(CurrencyMismatchException.class);
    }

    private static TaxableLine line(String amount, String code, String rate) {
        return new TaxableLine(Money.parse(amount), code, new BigDecimal(rate));
    }
}

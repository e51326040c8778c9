package io.countinghouse.invoice.document;

import static io.countinghouse.invoice.Invoicing.GERMAN_TAX;
import static io.countinghouse.invoice.Invoicing.act;
import static io.countinghouse.invoice.Invoicing.draft;
import static io.countinghouse.invoice.Invoicing.finalized;
import static io.countinghouse.invoice.Invoicing.finalizedPeriod;
import static io.countinghouse.invoice.Invoicing.flatPeriod;
import static io.countinghouse.invoice.Invoicing.owner;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import io.countinghouse.testing.Problems;
import io.countinghouse.testing.StubService;
import io.countinghouse.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.joda.money.CurrencyUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which invoices have no XML, because a valid one cannot be made of them. */
@QuarkusTest
class NoXmlTest {
    @Inject
    En16931Rules rules;

    private final UUID tenant = UUID.randomUUID();

    @AfterEach
    void forget() {
        StubService.reset();
    }

    @Test
    void aDraftHasNoXml() {
        // Given
        String id = draft(tenant);
        // When
        var refused = owner(tenant).get("/v1/invoices/" + id + "/xml");
        // Then
        refused.then().spec(Problems.problem(409, "invoice-is-draft"));
    }

    @Test
    void aVoidInvoiceHasNoXml() {
        // Given
        String id = finalized(tenant);
        act(id, "void").then().statusCode(200);
        // When
        var refused = owner(tenant).get("/v1/invoices/" + id + "/xml");
        // Then
        refused.then().spec(Problems.problem(409, "invoice-is-void"));
    }

    @ParameterizedTest
    @CsvSource({"KWD, 9.136", "CLF, 9.1361", "BGN, 9.13"})
    void aCurrencyThatTheRulesCannotSayHasNoXml(String currency, String amount) {
        // Given
        String id = finalizedPeriod(flatPeriod(tenant, GERMAN_TAX, amount, currency));
        // When
        var refused = owner(tenant).get("/v1/invoices/" + id + "/xml");
        // Then
        refused.then().spec(Problems.problem(422, "currency-not-expressible")).body("detail", containsString(currency));
        owner(tenant).get("/v1/invoices/" + id + "/pdf").then().statusCode(200);
    }

    /** Such an invoice is not issued any more; before countries were checked it was. */
    @ParameterizedTest
    @ValueSource(strings = {"UK", "EL", "XX"})
    void aCountryOfNoStandardHasNoXml(String country) throws SQLException {
        // Given
        String id = finalized(tenant);
        moveCustomer(id, country);
        // When
        var refused = owner(tenant).get("/v1/invoices/" + id + "/xml");
        // Then
        refused.then()
                .spec(Problems.problem(422, "country-not-expressible"))
                .body("detail", containsString("'" + country + "'"));
    }

    private static void moveCustomer(String invoice, String country) throws SQLException {
        try (Connection owner = TestDatabase.ofApplicationAsOwner();
                Statement statement = owner.createStatement()) {
            statement.execute("""
                    alter table invoices disable trigger user;
                    update invoices set customer = jsonb_set(customer, '{country}', '"%s"') where id = '%s';
                    alter table invoices enable trigger user
                    """.formatted(country, invoice));
        }
    }

    @Test
    void theCurrenciesWithoutXmlAreThoseThatTheRulesDoNotList() {
        // Given
        String xml = owner(tenant)
                .get("/v1/invoices/" + finalized(tenant) + "/xml")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        // When
        List<String> unlisted = CurrencyUnit.registeredCurrencies().stream()
                .map(CurrencyUnit::getCode)
                .filter(code ->
                        rules.brokenBy(xml.replace("EUR", code)).stream().anyMatch(rule -> rule.startsWith("BR-CL-04")))
                .toList();
        // Then
        assertThat(unlisted).containsExactlyInAnyOrderElementsOf(UblInvoice.UNLISTED_CURRENCIES);
    }
}

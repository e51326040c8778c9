package io.countinghouse.invoice.invoice;

import static io.countinghouse.invoice.Invoicing.act;
import static io.countinghouse.invoice.Invoicing.amount;
import static io.countinghouse.invoice.Invoicing.as;
import static io.countinghouse.invoice.Invoicing.credit;
import static io.countinghouse.invoice.Invoicing.draft;
import static io.countinghouse.invoice.Invoicing.finalizedFlat;
import static io.countinghouse.invoice.Invoicing.finalizedPeriod;
import static io.countinghouse.invoice.Invoicing.flatPeriod;
import static io.countinghouse.invoice.Invoicing.manual;
import static io.countinghouse.invoice.Invoicing.operator;
import static io.countinghouse.invoice.Invoicing.owner;
import static io.countinghouse.invoice.Invoicing.pay;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.countinghouse.testing.Problems;
import io.countinghouse.testing.StubService;
import io.countinghouse.testing.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class BalanceTest {
    private final UUID tenant = UUID.randomUUID();

    @AfterEach
    void forget() {
        StubService.reset();
    }

    @Test
    void whatIsOwedIsTotalsLessPaymentsAndCreditNotes() {
        // Given
        finalizedFlat(tenant, "29.00");
        pay(finalizedFlat(tenant, "29.00"), "{\"method\": \"manual\", \"reference\": \"x\", " + amount("20.00") + "}");
        credit(finalizedFlat(tenant, "29.00"), amount("34.51"));
        String paid = finalizedFlat(tenant, "29.00");
        pay(paid, manual("y"));
        credit(paid, amount("10.00"));
        act(finalizedFlat(tenant, "29.00"), "void");
        draft(tenant);
        // When
        var answer = owner(tenant).get("/v1/invoices/balances");
        // Then
        answer.then()
                .statusCode(200)
                .body("data.tenant_id", contains(tenant.toString()))
                .body("data[0].currency", is("EUR"))
                .body("data[0].balance.amount", is("39.02"))
                .body("data[0].due.amount", is("49.02"))
                .body("data[0].invoices", is(4))
                .body("next", nullValue());
    }

    @Test
    void eachCurrencyHasARowAndPagesGoOn() {
        // Given
        finalizedFlat(tenant, "29.00");
        finalizedPeriod(flatPeriod(tenant, "null", "12550", "JPY"));
        String next = operator()
                .get("/v1/invoices/balances?limit=1&tenant_id=" + tenant)
                .path("next");
        // When
        var answer = operator().get("/v1/invoices/balances?limit=1&tenant_id=" + tenant + "&after=" + next);
        // Then
        answer.then()
                .body("data.currency", contains("JPY"))
                .body("data[0].balance.amount", is("12550"))
                .body("next", nullValue());
    }

    @Test
    void theOperatorSeesAllTenants() {
        // Given
        finalizedFlat(tenant, "29.00");
        List<String> seen = new ArrayList<>();
        // When
        String next = "";
        do {
            var page = operator().get("/v1/invoices/balances?limit=1000&after=" + next);
            seen.addAll(page.path("data.tenant_id"));
            next = page.path("next");
        } while (next != null);
        // Then
        assertThat(seen).contains(tenant.toString()).isSorted();
    }

    @Test
    void anotherTenantsBalanceIsNotSeen() {
        // Given
        finalizedFlat(tenant, "29.00");
        // When
        var others = owner(UUID.randomUUID()).get("/v1/invoices/balances");
        // Then
        others.then().body("data", empty());
        owner(UUID.randomUUID())
                .get("/v1/invoices/balances?tenant_id=" + tenant)
                .then()
                .spec(Problems.problem(404, "not-found"));
        as(Tokens.scoped(null, "usage:read"))
                .get("/v1/invoices/balances")
                .then()
                .spec(Problems.problem(403, "forbidden"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"after=x", "after=:EUR", "after=019a0000-0000-7000-8000-000000000001", "limit=0"})
    void aPageThatIsNoneIsRefused(String query) {
        // When
        var refused = operator().get("/v1/invoices/balances?" + query);
        // Then
        refused.then().spec(Problems.problem(400, "validation"));
    }
}

package io.countinghouse.billing.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.countinghouse.billing.Billing;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.countinghouse.testing.StubService;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Other tests leave entries in the ledger: invoice-service is made to agree with them, but for the tenant of the test. */
@QuarkusTest
class DriftMonitorTest {
    private final UUID tenant = UUID.randomUUID();

    @Inject
    DriftMonitor monitor;

    @Inject
    BillingEventRepository events;

    @Inject
    TenantTransaction transaction;

    @Inject
    MeterRegistry metrics;

    @BeforeEach
    void anInvoiceIsFinalized() {
        Billing.deliver(
                "invoice-service", UUID.randomUUID().toString(), "invoice.invoice.finalized.v1", tenant, """
                {"invoice_id": "%s", "number": "INV-2026-000001", "total": {"amount": "34.51", "currency": "EUR"},
                 "amount": {"amount": "34.51", "currency": "EUR"}}""".formatted(
                                UUID.randomUUID()));
    }

    @AfterEach
    void forget() {
        StubService.reset();
    }

    @Test
    void aDifferenceThatStaysIsFoundByTheSecondRound() throws Throwable {
        // Given
        invoicesSay("24.51");
        double first = drift();
        // When
        double second = drift();
        // Then
        assertThat(first).isZero();
        assertThat(second).isEqualTo(1);
    }

    @Test
    void eventsUnderWayRaiseNoAlarm() throws Throwable {
        // Given
        invoicesSay("24.51");
        drift();
        invoicesSay("14.51");
        drift();
        invoicesSay("34.51");
        // When
        double after = drift();
        // Then
        assertThat(after).isZero();
    }

    @Test
    void aTenantThatInvoiceServiceDoesNotKnowIsADifference() throws Throwable {
        // Given
        invoicesSay(null);
        drift();
        // When
        double second = drift();
        // Then
        assertThat(second).isEqualTo(1);
    }

    @Test
    void anAgreementAfterADifferenceClearsIt() throws Throwable {
        // Given
        invoicesSay("0.00");
        drift();
        drift();
        invoicesSay("34.51");
        // When
        double after = drift();
        // Then
        assertThat(after).isZero();
    }

    private double drift() throws Throwable {
        VertxContextSupport.subscribeAndAwait(monitor::compare);
        return metrics.get("billing.ledger.drift").gauge().value();
    }

    /** In two pages, so that paging is read. */
    private void invoicesSay(String balance) throws Throwable {
        List<BillingEventRepository.Owed> owed =
                VertxContextSupport.subscribeAndAwait(() -> transaction.forAllTenants(events::owed));
        String others = owed.stream()
                .filter(each -> !each.tenantId().equals(tenant))
                .map(each -> row(each.tenantId(), each.currency(), each.amount().toPlainString()))
                .collect(Collectors.joining(","));
        String own = balance == null ? "" : row(tenant, "EUR", balance);
        StubService.on(
                "GET",
                "/v1/invoices/balances",
                request -> new StubService.Answer(
                        200,
                        request.query().contains("after=2")
                                ? "{\"data\": [" + own + "], \"next\": null}"
                                : "{\"data\": [" + others + "], \"next\": \"2\"}"));
    }

    private static String row(UUID tenant, String currency, String balance) {
        String money = "{\"amount\": \"" + balance.replaceAll("(\\.\\d\\d)0+$", "$1") + "\", \"currency\": \""
                + currency + "\"}";
        return "{\"tenant_id\": \"" + tenant + "\", \"currency\": \"" + currency + "\", \"balance\": " + money
                + ", \"due\": " + money + ", \"invoices\": 1}";
    }
}

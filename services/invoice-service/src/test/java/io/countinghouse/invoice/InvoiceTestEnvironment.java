package io.countinghouse.invoice;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Who issues the tests' invoices, which an installation configures and the service has no default for. */
public class InvoiceTestEnvironment implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        return Map.of(
                // The stand-in for the other services speaks Stripe's documented answers too.
                "countinghouse.invoice.payment.stripe.url", "${countinghouse.services.usage-service.url}",
                "countinghouse.invoice.seller.name", "Seller of the Tests Ltd",
                "countinghouse.invoice.seller.address-line", "1 Ledger Lane",
                "countinghouse.invoice.seller.postal-code", "10115",
                "countinghouse.invoice.seller.city", "Berlin",
                "countinghouse.invoice.seller.country", "DE",
                "countinghouse.invoice.seller.tax-id", "DE123456789",
                "countinghouse.invoice.seller.email", "billing@seller.example",
                "countinghouse.invoice.seller.bank-account", "DE89370400440532013000");
    }

    @Override
    public void stop() {
        // Nothing was started.
    }
}

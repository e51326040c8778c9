package io.countinghouse.invoice.invoice;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

@ConfigMapping(prefix = "countinghouse.invoice")
interface InvoiceConfig {
    /** From issue to due date. */
    Duration dueAfter();

    /**
     * Who issues invoices, and where the money goes. Without a default: a service that does not know it does not start,
     * rather than ask for payment to somebody else.
     */
    SellerConfig seller();

    interface SellerConfig {
        String name();

        String addressLine();

        String postalCode();

        String city();

        String country();

        String taxId();

        String email();

        String bankAccount();
    }

    default Seller toSeller() {
        SellerConfig seller = seller();
        return new Seller(
                seller.name(),
                seller.addressLine(),
                seller.postalCode(),
                seller.city(),
                seller.country(),
                seller.taxId(),
                seller.email(),
                seller.bankAccount());
    }
}

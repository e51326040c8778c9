package io.countinghouse.billing.profile;

import io.countinghouse.billing.tax.AppliedTax;
import java.util.List;

/**
 * The addressee of a bill and the rate of its tax.
 *
 * @param tax null where none applies, and where the country is not known
 * @param missing what an invoice must name and the profile does not: {@code name}, {@code address_line}, {@code city},
 *     {@code country}
 */
public record BilledParty(Customer customer, AppliedTax tax, List<String> missing) {
    public BilledParty {
        missing = List.copyOf(missing);
    }
}

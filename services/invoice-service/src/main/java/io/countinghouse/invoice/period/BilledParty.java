package io.countinghouse.invoice.period;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * The customer of a billed period as its profile is today, and the tax that follows from it.
 *
 * @param tax null where none applies
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
public record BilledParty(BilledPeriod.Customer customer, BilledPeriod.AppliedTax tax) {

    /** A tenant that never had a profile has a customer without any fact. */
    public BilledParty {
        customer = customer == null ? new BilledPeriod.Customer(null, null, null, null, null, null, null) : customer;
    }
}

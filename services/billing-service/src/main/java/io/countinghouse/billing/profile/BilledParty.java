package io.countinghouse.billing.profile;

import io.countinghouse.billing.tax.AppliedTax;

/** Who pays and at which tax rate; {@code tax} is null where none applies. */
public record BilledParty(Customer customer, AppliedTax tax) {}

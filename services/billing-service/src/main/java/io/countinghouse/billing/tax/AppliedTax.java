package io.countinghouse.billing.tax;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** The rate that applies to a customer, as a billed period keeps it. {@code ratePercent} 19 means 19 %. */
@RegisterForReflection
public record AppliedTax(String code, String ratePercent) {}

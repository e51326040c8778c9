package io.countinghouse.billing.tax;

/** The rate that applies to a customer, as a billed period keeps it. {@code ratePercent} 19 means 19 %. */
public record AppliedTax(String code, String ratePercent) {}

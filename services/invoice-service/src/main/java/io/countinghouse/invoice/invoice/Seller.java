package io.countinghouse.invoice.invoice;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** Who issues the document, as it stood on the day of issue; {@code bankAccount} is an IBAN. */
@RegisterForReflection
public record Seller(
        String name,
        String addressLine,
        String postalCode,
        String city,
        String country,
        String taxId,
        String email,
        String bankAccount) {}

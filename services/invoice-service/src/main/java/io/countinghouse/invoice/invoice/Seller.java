package io.countinghouse.invoice.invoice;

/** Who issues the document, as it stood on the day of issue; {@code bankAccount} is an IBAN. */
public record Seller(
        String name,
        String addressLine,
        String postalCode,
        String city,
        String country,
        String taxId,
        String email,
        String bankAccount) {}

package io.countinghouse.billing.profile;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** @param missing what an invoice must name and the profile does not; empty when it is complete */
record ProfileView(
        UUID tenantId,
        String name,
        String email,
        String addressLine,
        String postalCode,
        String city,
        String country,
        String taxId,
        String taxRateCode,
        List<String> missing,
        Instant updatedAt) {

    static ProfileView of(BillingProfile profile) {
        Customer customer = profile.toCustomer();
        return new ProfileView(
                profile.tenantId(),
                customer.name(),
                customer.email(),
                customer.addressLine(),
                customer.postalCode(),
                customer.city(),
                customer.country(),
                customer.taxId(),
                profile.taxRateCode(),
                profile.missing(),
                profile.updatedAt());
    }
}

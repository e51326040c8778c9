package io.countinghouse.billing.profile;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** The addressee of a bill, as it stood when the period was closed; only name and e-mail are always known. */
@RegisterForReflection
public record Customer(
        String name, String email, String addressLine, String postalCode, String city, String country, String taxId) {}

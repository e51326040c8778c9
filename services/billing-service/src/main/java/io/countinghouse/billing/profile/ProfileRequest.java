package io.countinghouse.billing.profile;

import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.UUID;

/**
 * The whole profile: a field that is absent is emptied, but for {@code tax_rate_code}, which only an operator may name
 * and which stays as it is when absent.
 */
record ProfileRequest(
        UUID tenantId,
        @NotBlank @Size(max = 200) String name,
        @NotBlank @Email @Size(max = 254) String email,
        @Size(max = 300) String addressLine,
        @Size(max = 20) String postalCode,
        @Size(max = 100) String city,

        @Pattern(regexp = "[A-Z]{2}", message = "must be an ISO 3166 country, such as DE")
        String country,

        @Size(max = 50) String taxId,
        @Size(max = 63) String taxRateCode) {}

package io.countinghouse.billing.profile;

import io.countinghouse.billing.input.IsoCountry;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

@Entity
@Table(name = "tenant_billing_profile")
class BillingProfile {
    @Id
    @Column(name = "tenant_id")
    private UUID tenantId;

    private String name;
    private String email;

    @Column(name = "address_line")
    private String addressLine;

    @Column(name = "postal_code")
    private String postalCode;

    private String city;
    private String country;

    @Column(name = "tax_id")
    private String taxId;

    @Column(name = "tax_rate_code")
    private String taxRateCode;

    @Column(name = "updated_at")
    private Instant updatedAt;

    protected BillingProfile() {}

    void rewrite(ProfileRequest request, Instant now) {
        name = request.name();
        email = request.email();
        addressLine = request.addressLine();
        postalCode = request.postalCode();
        city = request.city();
        country = request.country();
        taxId = request.taxId();
        updatedAt = now;
    }

    void writeTo(String address, Instant now) {
        email = address;
        updatedAt = now;
    }

    void billBy(String code) {
        taxRateCode = code;
    }

    Customer toCustomer() {
        return new Customer(name, email, addressLine, postalCode, city, country, taxId);
    }

    UUID tenantId() {
        return tenantId;
    }

    String email() {
        return email;
    }

    String country() {
        return country;
    }

    /** The country that decides the tax; null when there is none that anybody knows. */
    String taxCountry() {
        return IsoCountry.Validator.knows(country) ? country : null;
    }

    /** What an invoice must name and the profile does not, by the names of the API. */
    List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (name == null || name.isBlank()) {
            missing.add("name");
        }
        if (addressLine == null || addressLine.isBlank()) {
            missing.add("address_line");
        }
        if (city == null || city.isBlank()) {
            missing.add("city");
        }
        if (taxCountry() == null) {
            missing.add("country");
        }
        return missing;
    }

    String taxRateCode() {
        return taxRateCode;
    }

    Instant updatedAt() {
        return updatedAt;
    }
}

package io.countinghouse.billing.profile;

import com.fasterxml.jackson.databind.JsonNode;
import io.countinghouse.billing.input.IsoCountry;
import io.countinghouse.defaults.text.MailAddress;
import io.countinghouse.defaults.text.VisibleText;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The whole profile: a field that is absent, null or blank is emptied, but for {@code country}, which is changed and not
 * emptied, and {@code tax_rate_code}, which is the operator's: absent leaves it, null or an empty text takes it away.
 */
record ProfileRequest(
        UUID tenantId,
        @NotBlank @Size(max = 200) @VisibleText String name,
        @NotBlank @Size(max = 254) @MailAddress String email,
        @Size(max = 300) @VisibleText String addressLine,
        @Size(max = 20) @VisibleText String postalCode,
        @Size(max = 100) @VisibleText String city,
        @IsoCountry String country,
        @Size(max = 50) @VisibleText String taxId,

        @Schema(
                implementation = String.class,
                maxLength = 63,
                nullable = true,
                description = "Only the operator's: absent leaves the rate, null or an empty text takes it away")
        JsonNode taxRateCode) {

    ProfileRequest {
        name = filled(name);
        email = filled(email);
        addressLine = filled(addressLine);
        postalCode = filled(postalCode);
        city = filled(city);
        country = filled(country);
        taxId = TaxId.of(filled(taxId), country);
    }

    private static String filled(String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}

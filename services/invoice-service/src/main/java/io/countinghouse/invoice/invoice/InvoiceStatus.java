package io.countinghouse.invoice.invoice;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * A draft becomes finalized, a finalized invoice paid, credited (by credit notes alone) or void; there is no way back. An
 * invoice over nothing is paid when it is finalized, and may be void.
 */
public enum InvoiceStatus {
    DRAFT,
    FINALIZED,
    PAID,
    CREDITED,
    VOID;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As it is written in the API and in the database; empty text or another word is refused. */
    static InvoiceStatus of(String word) {
        for (InvoiceStatus status : values()) {
            if (status.word().equals(word)) {
                return status;
            }
        }
        throw new IllegalArgumentException("'" + word + "' is not draft, finalized, paid, credited or void");
    }
}

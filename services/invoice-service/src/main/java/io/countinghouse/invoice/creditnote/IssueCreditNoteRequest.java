package io.countinghouse.invoice.creditnote;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.joda.money.Money;

/** Either {@code lines}, with net amounts, to which tax is added; or {@code amount}, which contains the tax. */
record IssueCreditNoteRequest(
        @NotNull UUID invoiceId,
        @Size(min = 1, max = 1000) List<@NotNull @Valid Line> lines,
        Money amount,
        @NotBlank @Size(max = 500) String reason) {

    /** {@code amount} is the whole line when absent. */
    record Line(@Min(1) int position, Money amount) {}
}

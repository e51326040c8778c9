package io.countinghouse.invoice.creditnote;

import io.countinghouse.invoice.invoice.InvoiceView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.joda.money.Money;

/** {@code lines} is empty where an amount was credited and not lines; {@code taxes} says what was taken of each rate. */
@RegisterForReflection
record CreditNoteView(
        UUID id,
        UUID tenantId,
        UUID invoiceId,
        String number,
        String reason,
        List<CreditLine> lines,
        List<InvoiceView.TaxLine> taxes,
        Money net,
        Money tax,
        Money total,
        Instant issuedAt) {}

package io.countinghouse.invoice.invoice;

import io.smallrye.mutiny.Uni;

/** Looks at an invoice in the transaction that issues it, and may refuse: then nothing was issued. */
public interface IssueCheck {
    Uni<Void> check(InvoiceView issued);
}

package io.countinghouse.invoice.creditnote;

import io.countinghouse.defaults.audit.AuditTrail;
import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.page.PageRequest;
import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.invoice.invoice.InvoiceService;
import io.countinghouse.invoice.invoice.InvoiceView;
import io.countinghouse.invoice.numbering.NumberSeries;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Rules of credit notes. Every method joins the transaction of its caller. */
@ApplicationScoped
class CreditNoteService {
    private static final String SERIES = "CN";

    private final CreditNoteRepository notes;
    private final InvoiceService invoices;
    private final NumberSeries numbers;
    private final AuditTrail audit;
    private final Clock clock;

    CreditNoteService(
            CreditNoteRepository notes, InvoiceService invoices, NumberSeries numbers, AuditTrail audit, Clock clock) {
        this.notes = notes;
        this.invoices = invoices;
        this.numbers = numbers;
        this.audit = audit;
        this.clock = clock;
    }

    /** The invoice is locked first: two notes at once could credit more than it says. */
    Uni<CreditNoteView> issue(IssueCreditNoteRequest request) {
        return invoices.creditable(request.invoiceId())
                .chain(invoice -> notes.ofInvoice(invoice.id())
                        .map(before -> Credit.of(
                                invoice,
                                before.stream().map(CreditNote::toCredit).toList(),
                                request))
                        .chain(credit -> number(invoice, credit, request.reason()))
                        .call(note -> invoices.credit(invoice.id(), note.id(), note.number(), note.net(), note.tax())));
    }

    Uni<CreditNoteView> get(UUID id) {
        return notes.findById(id)
                .onItem()
                .ifNull()
                .failWith(() -> ProblemException.notFound("credit note", id))
                .map(CreditNote::toView);
    }

    Uni<Page<CreditNoteView>> page(UUID tenantId, UUID invoiceId, PageRequest page) {
        return notes.page(tenantId, invoiceId, page.afterId().orElse(null), page.limit())
                .map(rows -> Page.of(rows, page.limit(), note -> note.id().toString())
                        .map(CreditNote::toView));
    }

    private Uni<CreditNoteView> number(InvoiceView invoice, Credit credit, String reason) {
        Instant now = clock.instant();
        return numbers.next(SERIES, now)
                .chain(number -> notes.persistAndFlush(CreditNote.issue(invoice, credit, reason, number, now)))
                .map(CreditNote::toView)
                .call(view -> audit.record(
                        "credit_note.issued",
                        "credit_note",
                        view.id(),
                        view.tenantId(),
                        Map.of(
                                "number", view.number(),
                                "invoice", invoice.number(),
                                "total", view.total().toString())));
    }
}

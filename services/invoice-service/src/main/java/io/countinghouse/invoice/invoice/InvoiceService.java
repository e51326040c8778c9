package io.countinghouse.invoice.invoice;

import io.countinghouse.defaults.audit.AuditTrail;
import io.countinghouse.defaults.event.Outbox;
import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.invoice.numbering.NumberSeries;
import io.countinghouse.invoice.period.BilledPeriod;
import io.countinghouse.invoice.tax.Tax;
import io.countinghouse.invoice.tax.TaxGroup;
import io.countinghouse.invoice.tax.TaxableLine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.joda.money.Money;

/** What happens to an invoice. Every method joins the transaction of its caller. */
@ApplicationScoped
@Startup
public class InvoiceService {
    private static final String SERIES = "INV";

    private final InvoiceRepository invoices;
    private final InvoiceLineRepository lines;
    private final InvoiceTaxRepository taxes;
    private final Invoices reading;
    private final NumberSeries numbers;
    private final Outbox outbox;
    private final AuditTrail audit;
    private final InvoiceConfig config;
    private final Clock clock;
    private final Counter generated;
    private final Counter paid;

    InvoiceService(
            InvoiceRepository invoices,
            InvoiceLineRepository lines,
            InvoiceTaxRepository taxes,
            Invoices reading,
            NumberSeries numbers,
            Outbox outbox,
            AuditTrail audit,
            InvoiceConfig config,
            Clock clock,
            MeterRegistry metrics) {
        this.invoices = invoices;
        this.lines = lines;
        this.taxes = taxes;
        this.reading = reading;
        this.numbers = numbers;
        this.outbox = outbox;
        this.audit = audit;
        this.config = config;
        this.clock = clock;
        this.generated = metrics.counter("invoice.generated");
        this.paid = metrics.counter("invoice.paid");
    }

    /** A draft, and whether it was made now or was there before. */
    record Drafted(InvoiceView invoice, boolean isNew) {}

    /** The invoice of a billed period, made if there is none: by event and by request, in any order, once. */
    Uni<Drafted> draft(UUID tenantId, BilledPeriod period) {
        return invoices.lockPeriod(period.periodId())
                .chain(() -> invoices.ofPeriod(period.periodId()))
                .chain(existing -> existing != null
                        ? reading.view(existing).map(view -> new Drafted(view, false))
                        : create(tenantId, period).map(view -> new Drafted(view, true)));
    }

    Uni<InvoiceView> finalizeInvoice(UUID id) {
        return lock(id).invoke(InvoiceService::requireDraft)
                .chain(invoice -> {
                    Instant now = clock.instant();
                    return numbers.next(SERIES, now)
                            .invoke(number -> invoice.finalizeAt(now, config.dueAfter(), config.toSeller(), number));
                })
                .chain(() -> changed(id, "finalized"));
    }

    Uni<InvoiceView> voidInvoice(UUID id) {
        return lock(id).invoke(invoice -> invoice.voidAt(clock.instant())).chain(() -> changed(id, "voided"));
    }

    /**
     * Locks an invoice and answers what may be paid: the amount, or all that is due when it is null.
     *
     * @throws ProblemException 409 when nothing can be paid, 422 when the amount is more than is due
     */
    public Uni<Money> payable(UUID id, Money amount) {
        return lock(id).map(invoice -> {
            if (invoice.status() != InvoiceStatus.FINALIZED) {
                throw ProblemException.conflict(
                        "invoice-not-payable",
                        "Invoice '" + id + "' is " + invoice.status().word() + ", only a finalized one can be paid.");
            }
            Money due = invoice.due();
            if (due.isZero()) {
                throw ProblemException.conflict("nothing-due", "Nothing is due on invoice '" + id + "'.");
            }
            if (amount == null) {
                return due;
            }
            if (!amount.getCurrencyUnit().equals(due.getCurrencyUnit()) || !amount.isPositive()) {
                throw ProblemException.invalidField(
                        "amount", "is " + amount + ", must be above 0 and in " + due.getCurrencyUnit());
            }
            if (amount.isGreaterThan(due)) {
                throw ProblemException.unprocessable(
                        "overpayment", "The payment is " + amount + ", no more than " + due + " is due.");
            }
            return amount;
        });
    }

    /** Books a payment that {@link #payable} allowed in the same transaction. */
    public Uni<InvoiceView> pay(UUID id, Money amount) {
        return lock(id).chain(invoice -> {
            invoice.pay(amount, clock.instant());
            return invoice.status() == InvoiceStatus.PAID
                    ? changed(id, "paid").invoke(() -> paid.increment())
                    : invoices.flush().chain(() -> reading.view(invoice));
        });
    }

    /** Locks an issued invoice; 409 for a draft, which is not credited but made right, and for a void one. */
    public Uni<InvoiceView> creditable(UUID id) {
        return lock(id).chain(invoice -> {
            if (invoice.status() != InvoiceStatus.FINALIZED && invoice.status() != InvoiceStatus.PAID) {
                throw ProblemException.conflict(
                        "invoice-not-creditable",
                        "Invoice '" + id + "' is " + invoice.status().word()
                                + ", only a finalized or paid one can be credited.");
            }
            return reading.view(invoice);
        });
    }

    /** Books a credit note that was checked against {@link #creditable} in the same transaction. */
    public Uni<Void> credit(UUID id, Money total) {
        return lock(id).invoke(invoice -> invoice.credit(total)).chain(invoices::flush);
    }

    private Uni<InvoiceView> create(UUID tenantId, BilledPeriod period) {
        List<TaxGroup> groups = Tax.groups(
                period.lines().stream().map(line -> taxable(line, period.tax())).toList());
        Invoice invoice = Invoice.draft(tenantId, period, groups, clock.instant());
        List<InvoiceTax> taxRows = new ArrayList<>();
        for (TaxGroup group : groups) {
            taxRows.add(InvoiceTax.of(invoice, taxRows.size() + 1, group));
        }
        List<InvoiceLine> lineRows = period.lines().stream()
                .map(line -> InvoiceLine.of(invoice, line))
                .toList();
        return invoices.persistAndFlush(invoice)
                .chain(() -> lines.persist(lineRows))
                .chain(() -> taxes.persist(taxRows))
                .chain(invoices::flush)
                .chain(() -> audit.record(
                        "invoice.drafted",
                        "invoice",
                        invoice.id(),
                        tenantId,
                        Map.of("period_id", period.periodId().toString())))
                .invoke(() -> generated.increment())
                .replaceWith(() -> invoice.toView(lineRows, taxRows));
    }

    private static TaxableLine taxable(BilledPeriod.Line line, BilledPeriod.AppliedTax tax) {
        return tax == null
                ? new TaxableLine(line.amount(), null, BigDecimal.ZERO)
                : new TaxableLine(line.amount(), tax.code(), new BigDecimal(tax.ratePercent()));
    }

    private Uni<InvoiceView> changed(UUID id, String what) {
        return invoices.flush()
                .chain(() -> reading.get(id))
                .call(view -> outbox.publish(InvoiceHappened.of(what, view)))
                .call(view -> audit.record(
                        "invoice." + what,
                        "invoice",
                        id,
                        view.tenantId(),
                        Map.of("number", view.number(), "total", view.total().toString())));
    }

    private Uni<Invoice> lock(UUID id) {
        return invoices.lock(id).onItem().ifNull().failWith(() -> ProblemException.notFound("invoice", id));
    }

    private static void requireDraft(Invoice invoice) {
        if (invoice.status() != InvoiceStatus.DRAFT) {
            throw ProblemException.conflict(
                    "invoice-not-draft",
                    "Invoice '" + invoice.id() + "' is " + invoice.status().word() + ", only a draft is finalized.");
        }
    }
}

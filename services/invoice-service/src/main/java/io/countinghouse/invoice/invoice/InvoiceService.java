package io.countinghouse.invoice.invoice;

import io.countinghouse.defaults.audit.AuditTrail;
import io.countinghouse.defaults.event.DomainEvent;
import io.countinghouse.defaults.event.Outbox;
import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.invoice.numbering.NumberSeries;
import io.countinghouse.invoice.period.BilledParty;
import io.countinghouse.invoice.period.BilledPeriod;
import io.countinghouse.invoice.tax.Tax;
import io.countinghouse.invoice.tax.TaxGroup;
import io.countinghouse.invoice.tax.TaxableLine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
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
import java.util.function.Function;
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
    private final List<IssueCheck> checks;
    private final InvoiceConfig config;
    private final Clock clock;
    private final Counter generated;
    private final Counter settled;

    InvoiceService(
            InvoiceRepository invoices,
            InvoiceLineRepository lines,
            InvoiceTaxRepository taxes,
            Invoices reading,
            NumberSeries numbers,
            Outbox outbox,
            AuditTrail audit,
            @All List<IssueCheck> checks,
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
        this.checks = checks;
        this.config = config;
        this.clock = clock;
        this.generated = metrics.counter("invoice.generated");
        this.settled = metrics.counter("invoice.paid");
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

    /**
     * Issues a draft to the party that is billed today: its customer, and the taxes that follow.
     *
     * @param party complete; null only for what is not a draft, which is refused
     */
    Uni<InvoiceView> finalizeInvoice(UUID id, BilledParty party) {
        return lock(id).invoke(InvoiceService::requireDraft)
                .chain(invoice -> lines.of(List.of(id))
                        .map(rows -> Tax.groups(rows.stream()
                                .map(row ->
                                        taxable(row.toView(invoice.currency()).amount(), party.tax()))
                                .toList()))
                        .chain(groups -> issue(invoice, party, groups)));
    }

    private Uni<InvoiceView> issue(Invoice invoice, BilledParty party, List<TaxGroup> groups) {
        Instant now = clock.instant();
        return taxes.forget(invoice.id())
                .chain(() -> numbers.next(SERIES, now))
                .invoke(number ->
                        invoice.finalizeAt(now, config.dueAfter(), config.toSeller(), party.customer(), groups, number))
                .chain(() -> taxes.persist(rows(invoice, groups)))
                .chain(() -> happened(invoice, InvoiceEvents::finalized))
                .call(this::checked)
                .call(view -> recorded("finalized", view))
                .call(view -> settled(InvoiceStatus.DRAFT, view));
    }

    /** Notes that a draft could not be issued, so that an operator finds it. */
    Uni<Void> waitForCustomer(UUID id) {
        return lock(id).invoke(InvoiceService::requireDraft)
                .invoke(Invoice::waitForCustomer)
                .chain(invoices::flush);
    }

    Uni<InvoiceView> voidInvoice(UUID id) {
        return lock(id).chain(invoice -> {
            invoice.voidAt(clock.instant());
            return happened(invoice, InvoiceEvents::voided).call(view -> recorded("voided", view));
        });
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
    public Uni<InvoiceView> pay(UUID id, UUID payment, String method, Money amount) {
        return lock(id).chain(invoice -> {
            Instant now = clock.instant();
            InvoiceStatus before = invoice.status();
            invoice.pay(amount, now);
            return happened(invoice, view -> InvoiceEvents.paymentRecorded(view, payment, method, amount, now))
                    .call(view -> settled(before, view));
        });
    }

    /** Locks an issued invoice; 409 for a draft, which is not credited but made right, and for a void one. */
    public Uni<InvoiceView> creditable(UUID id) {
        return lock(id).chain(invoice -> {
            if (invoice.status() == InvoiceStatus.DRAFT || invoice.status() == InvoiceStatus.VOID) {
                throw ProblemException.conflict(
                        "invoice-not-creditable",
                        "Invoice '" + id + "' is " + invoice.status().word() + ", only an issued one can be credited.");
            }
            return reading.view(invoice);
        });
    }

    /** Books a credit note that was checked against {@link #creditable} in the same transaction. */
    public Uni<InvoiceView> credit(UUID id, UUID note, String number, Money net, Money tax) {
        return lock(id).chain(invoice -> {
            InvoiceStatus before = invoice.status();
            invoice.credit(net, tax, clock.instant());
            return happened(invoice, view -> InvoiceEvents.creditNoteIssued(view, note, number, net, tax))
                    .call(view -> settled(before, view));
        });
    }

    private Uni<InvoiceView> create(UUID tenantId, BilledPeriod period) {
        if (period.lines().isEmpty()) {
            throw ProblemException.unprocessable(
                    "nothing-to-invoice",
                    "Period '" + period.periodId() + "' has no line: none of its prices could be rated. Its supplement"
                            + " is a period with an invoice of its own.");
        }
        List<TaxGroup> groups = Tax.groups(period.lines().stream()
                .map(line -> taxable(line.amount(), period.tax()))
                .toList());
        Invoice invoice = Invoice.draft(tenantId, period, groups, clock.instant());
        List<InvoiceTax> taxRows = rows(invoice, groups);
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

    private static List<InvoiceTax> rows(Invoice invoice, List<TaxGroup> groups) {
        List<InvoiceTax> rows = new ArrayList<>();
        for (TaxGroup group : groups) {
            rows.add(InvoiceTax.of(invoice, rows.size() + 1, group));
        }
        return rows;
    }

    private static TaxableLine taxable(Money amount, BilledPeriod.AppliedTax tax) {
        return tax == null
                ? new TaxableLine(amount, null, BigDecimal.ZERO)
                : new TaxableLine(amount, tax.code(), new BigDecimal(tax.ratePercent()));
    }

    private Uni<InvoiceView> happened(Invoice invoice, Function<InvoiceView, DomainEvent> event) {
        return invoices.flush().chain(() -> reading.view(invoice)).call(view -> outbox.publish(event.apply(view)));
    }

    /** When what happened left nothing due: says so, once. */
    private Uni<Void> settled(InvoiceStatus before, InvoiceView view) {
        boolean isPaid = view.status() == InvoiceStatus.PAID;
        if (view.status() == before || !isPaid && view.status() != InvoiceStatus.CREDITED) {
            return Uni.createFrom().voidItem();
        }
        return outbox.publish(isPaid ? InvoiceEvents.paid(view) : InvoiceEvents.credited(view))
                .chain(() -> recorded(view.status().word(), view))
                .invoke(() -> settled.increment());
    }

    private Uni<Void> checked(InvoiceView issued) {
        Uni<Void> all = Uni.createFrom().voidItem();
        for (IssueCheck check : checks) {
            all = all.chain(() -> check.check(issued));
        }
        return all;
    }

    private Uni<Void> recorded(String what, InvoiceView view) {
        return audit.record(
                "invoice." + what,
                "invoice",
                view.id(),
                view.tenantId(),
                Map.of("number", view.number(), "total", view.total().toString()));
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

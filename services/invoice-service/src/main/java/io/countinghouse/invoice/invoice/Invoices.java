package io.countinghouse.invoice.invoice;

import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.page.PageRequest;
import io.countinghouse.defaults.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Reading of invoices, here and by the other features. Every method joins the transaction of its caller. */
@ApplicationScoped
public class Invoices {
    private final InvoiceRepository invoices;
    private final InvoiceLineRepository lines;
    private final InvoiceTaxRepository taxes;
    private final InvoiceConfig config;

    Invoices(
            InvoiceRepository invoices, InvoiceLineRepository lines, InvoiceTaxRepository taxes, InvoiceConfig config) {
        this.invoices = invoices;
        this.lines = lines;
        this.taxes = taxes;
        this.config = config;
    }

    /** Who issues the invoice: as it was issued, or as configured while it is a draft. */
    public Seller sellerOf(InvoiceView invoice) {
        return invoice.seller() == null ? config.toSeller() : invoice.seller();
    }

    /** 404 for one that does not exist, or that the transaction must not see. */
    public Uni<InvoiceView> get(UUID id) {
        return invoices.findById(id)
                .onItem()
                .ifNull()
                .failWith(() -> ProblemException.notFound("invoice", id))
                .chain(this::view);
    }

    Uni<InvoiceView> view(Invoice invoice) {
        return views(List.of(invoice)).map(List::getFirst);
    }

    Uni<Page<InvoiceView>> page(UUID tenantId, InvoiceStatus status, String waitingFor, PageRequest page) {
        return invoices.page(
                        tenantId,
                        status == null ? null : status.word(),
                        waitingFor,
                        page.afterId().orElse(null),
                        page.limit())
                .chain(this::views)
                .map(views -> Page.of(views, page.limit(), view -> view.id().toString()));
    }

    Uni<Page<BalanceView>> balances(UUID tenantId, PageRequest page) {
        BalanceView.Key after = page.afterText().map(BalanceView.Key::of).orElse(null);
        return invoices.balances(tenantId, after, page.limit())
                .map(rows -> Page.of(rows, page.limit(), BalanceView::cursor));
    }

    private Uni<List<InvoiceView>> views(List<Invoice> rows) {
        List<UUID> ids = rows.stream().map(Invoice::id).toList();
        return lines.of(ids)
                .chain(lineRows -> taxes.of(ids).map(taxRows -> {
                    Map<UUID, List<InvoiceLine>> linesOf =
                            lineRows.stream().collect(Collectors.groupingBy(InvoiceLine::invoiceId));
                    Map<UUID, List<InvoiceTax>> taxesOf =
                            taxRows.stream().collect(Collectors.groupingBy(InvoiceTax::invoiceId));
                    return rows.stream()
                            .map(row -> row.toView(
                                    linesOf.getOrDefault(row.id(), List.of()),
                                    taxesOf.getOrDefault(row.id(), List.of())))
                            .toList();
                }));
    }
}

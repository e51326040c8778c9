package io.countinghouse.invoice.document;

import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.countinghouse.invoice.invoice.InvoiceView;
import io.countinghouse.invoice.invoice.Invoices;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Makes documents anew from the invoice each time: what was issued does not change, so neither do they. */
@ApplicationScoped
class DocumentService {
    private final TenantTransaction transaction;
    private final Invoices invoices;
    private final PdfRenderer renderer;
    private final ElectronicInvoice electronic;

    DocumentService(
            TenantTransaction transaction, Invoices invoices, PdfRenderer renderer, ElectronicInvoice electronic) {
        this.transaction = transaction;
        this.invoices = invoices;
        this.renderer = renderer;
        this.electronic = electronic;
    }

    /** A document and what to call it. */
    record Document<T>(String fileName, T content) {}

    Uni<Document<byte[]>> pdf(UUID id) {
        return invoice(id)
                .chain(invoice -> InvoicePage.of(invoice, invoices.sellerOf(invoice))
                        .toTemplate()
                        .createUni()
                        .chain(html -> renderer.render(html, invoice.customer().country()))
                        .map(content -> new Document<>(fileName(invoice) + ".pdf", content)));
    }

    Uni<Document<String>> xml(UUID id) {
        return invoice(id)
                .chain(invoice -> electronic.of(invoice).map(xml -> new Document<>(fileName(invoice) + ".xml", xml)));
    }

    private Uni<InvoiceView> invoice(UUID id) {
        return transaction.asCaller(() -> invoices.get(id));
    }

    private static String fileName(InvoiceView invoice) {
        return invoice.number() == null ? "draft-" + invoice.id() : invoice.number();
    }
}

package io.countinghouse.notification.event;

import io.countinghouse.defaults.event.ReceivedEvent;
import io.countinghouse.notification.document.DocumentConfig;
import io.countinghouse.notification.document.DocumentLinks;
import io.countinghouse.notification.message.Attachment;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;

/** Mails about an invoice, with its PDF behind a link, and attached unless the operator wants the link alone. */
@ApplicationScoped
class InvoiceMails {

    private final Announcements announcements;
    private final DocumentLinks links;
    private final DocumentConfig config;

    InvoiceMails(Announcements announcements, DocumentLinks links, DocumentConfig config) {
        this.announcements = announcements;
        this.links = links;
        this.config = config;
    }

    Uni<Void> mail(ReceivedEvent event, InvoiceEvent invoice, String template, Map<String, String> variables) {
        var link = links.to(Announcements.tenantOf(event), invoice.invoiceId());
        var all = new HashMap<>(variables);
        all.put("pdf_url", link.url());
        all.put("pdf_until", Values.day(link.until()));
        Attachment attachment = config.attach()
                ? new Attachment(invoice.invoiceId(), Values.fileName(invoice.number()) + ".pdf")
                : null;
        return announcements.mail(event, template, invoice.email(), all, attachment);
    }
}

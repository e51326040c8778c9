package io.countinghouse.invoice.trace;

import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.countinghouse.invoice.invoice.InvoiceView;
import io.countinghouse.invoice.invoice.Invoices;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Reads the invoice in a transaction of its own, and then the events over HTTP. */
@ApplicationScoped
class LineTracer {
    /** A restart of usage-service takes a few seconds. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final TenantTransaction transaction;
    private final Invoices invoices;
    private final UsageClient usage;

    LineTracer(TenantTransaction transaction, Invoices invoices, @RestClient UsageClient usage) {
        this.transaction = transaction;
        this.invoices = invoices;
        this.usage = usage;
    }

    Uni<LineTrace> trace(UUID invoiceId, int position, int limit, String after) {
        return transaction.asCaller(() -> invoices.get(invoiceId)).chain(invoice -> {
            InvoiceView.Line line = invoice.lines().stream()
                    .filter(candidate -> candidate.position() == position)
                    .findFirst()
                    .orElseThrow(() ->
                            ProblemException.notFound("line of invoice '" + invoiceId + "' with number", position));
            return line.meter() == null
                    ? Uni.createFrom().item(LineTrace.of(invoice, line, 0, LineTrace.EventPage.NONE))
                    : events(invoice, line, limit, after);
        });
    }

    private Uni<LineTrace> events(InvoiceView invoice, InvoiceView.Line line, int limit, String after) {
        Uni<Long> count = usage.metrics(
                        invoice.tenantId(),
                        line.meter(),
                        invoice.periodStart(),
                        invoice.periodEnd(),
                        invoice.usageCutoff())
                .map(metrics -> metrics.data().stream()
                        .mapToLong(UsageClient.Total::eventCount)
                        .sum());
        Uni<LineTrace.EventPage> page = usage.events(
                        invoice.tenantId(),
                        line.meter(),
                        invoice.periodStart(),
                        invoice.periodEnd(),
                        invoice.usageCutoff(),
                        limit,
                        after)
                .map(events -> new LineTrace.EventPage(events.data(), events.next()));
        return count.chain(total -> page.map(events -> LineTrace.of(invoice, line, total, events)))
                .onFailure()
                .transform(failure -> ProblemException.unavailable(
                                "usage-unavailable",
                                "usage-service did not give the events of meter '" + line.meter() + "'.",
                                RETRY_AFTER)
                        .causedBy(failure));
    }
}

package io.countinghouse.invoice.document;

import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.invoice.invoice.InvoiceView;
import io.countinghouse.invoice.invoice.IssueCheck;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The XML of an invoice, which is valid or is not served; where the rules are switched on, they decide. */
@ApplicationScoped
class ElectronicInvoice implements IssueCheck {
    private final DocumentConfig config;
    private final En16931Rules rules;

    ElectronicInvoice(DocumentConfig config, En16931Rules rules) {
        this.config = config;
        this.rules = rules;
    }

    /** @throws ProblemException as {@link UblInvoice#of}, and 422 when the document breaks a rule */
    Uni<String> of(InvoiceView invoice) {
        String xml = UblInvoice.of(invoice);
        if (!config.en16931Validation()) {
            return Uni.createFrom().item(xml);
        }
        return Uni.createFrom()
                .item(() -> rules.brokenBy(xml))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                // A transaction, where there is one, lives on the context's own thread.
                .emitOn(MutinyHelper.executor(Vertx.currentContext()))
                .invoke(broken -> requireNone(invoice, broken))
                .replaceWith(xml);
    }

    /** An invoice that has no XML at all, such as one in a currency that the rules do not know, is issued all the same. */
    @Override
    public Uni<Void> check(InvoiceView issued) {
        if (!config.en16931Validation() || UblInvoice.refusal(issued).isPresent()) {
            return Uni.createFrom().voidItem();
        }
        return of(issued).replaceWithVoid();
    }

    private static void requireNone(InvoiceView invoice, List<String> broken) {
        if (!broken.isEmpty()) {
            throw ProblemException.unprocessable(
                    "en16931-rules",
                    "The XML of invoice '" + invoice.id() + "' would break rules of EN 16931: "
                            + String.join("; ", broken));
        }
    }
}

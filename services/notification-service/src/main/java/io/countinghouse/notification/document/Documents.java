package io.countinghouse.notification.document;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Reads documents over HTTP, so never inside a transaction. */
@ApplicationScoped
public class Documents {

    /** Asked again, invoice-service would answer the same. */
    private static final Set<Integer> FOR_GOOD = Set.of(404, 406, 409, 410, 422);

    private final InvoiceClient client;

    Documents(@RestClient InvoiceClient client) {
        this.client = client;
    }

    /** Empty for an invoice that has no PDF, and never will; fails while invoice-service cannot say. */
    public Uni<Optional<byte[]>> pdf(UUID invoice) {
        return client.pdf(invoice)
                .map(Optional::of)
                .onFailure(Documents::isForGood)
                .recoverWithItem(Optional.empty());
    }

    private static boolean isForGood(Throwable failure) {
        return failure instanceof WebApplicationException answer
                && FOR_GOOD.contains(answer.getResponse().getStatus());
    }
}

package io.countinghouse.invoice.period;

import io.countinghouse.defaults.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Reads billed periods over HTTP, so never inside a transaction. */
@ApplicationScoped
public class PeriodReader {
    /** A restart of billing-service takes a few seconds. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final PeriodClient client;

    PeriodReader(@RestClient PeriodClient client) {
        this.client = client;
    }

    /** 404 for a period that billing-service does not have, 503 when it cannot say. */
    public Uni<BilledPeriod> get(UUID id) {
        return answered(client.get(id), id, "period");
    }

    /** Who is billed for a period as of now; 404 and 503 as for the period itself. */
    public Uni<BilledParty> party(UUID id) {
        return answered(client.party(id), id, "the party billed for period");
    }

    private static <T> Uni<T> answered(Uni<T> call, UUID id, String asked) {
        return call.onFailure().transform(failure -> {
            if (failure instanceof WebApplicationException answer
                    && answer.getResponse().getStatus() == 404) {
                return ProblemException.notFound("billed period", id);
            }
            return ProblemException.unavailable(
                            "billing-unavailable",
                            "billing-service did not give " + asked + " '" + id + "'.",
                            RETRY_AFTER)
                    .causedBy(failure);
        });
    }
}

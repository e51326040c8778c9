package io.countinghouse.ai.usage;

import io.countinghouse.defaults.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.time.Duration;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Reads a series; an unknown meter is the caller's mistake, anything else that fails is told as a 503. */
@ApplicationScoped
public class UsageReader {

    private static final Duration RETRY = Duration.ofSeconds(5);

    private final UsageClient client;

    UsageReader(@RestClient UsageClient client) {
        this.client = client;
    }

    public Uni<UsageSeries> read(UsageQuery query) {
        return client.metrics(
                        query.tenantId(),
                        query.meter(),
                        query.from(),
                        query.to(),
                        query.window().text())
                .map(answer -> UsageSeries.of(query, answer))
                .onFailure()
                .transform(failure -> problemOf(query, failure));
    }

    private static ProblemException problemOf(UsageQuery query, Throwable failure) {
        if (failure instanceof WebApplicationException refused
                && refused.getResponse().getStatus() == 404) {
            return ProblemException.notFound("meter", query.meter());
        }
        return ProblemException.unavailable(
                        "usage-unavailable",
                        "usage-service does not answer for the meter '%s'.".formatted(query.meter()),
                        RETRY)
                .causedBy(failure);
    }
}

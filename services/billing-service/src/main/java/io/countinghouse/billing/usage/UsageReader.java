package io.countinghouse.billing.usage;

import io.countinghouse.billing.rating.PricingModel;
import io.countinghouse.billing.rating.Usage;
import io.countinghouse.defaults.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * Reads usage over HTTP, so never inside a transaction. A meter that usage-service does not know is a 422; that it
 * cannot be reached, or fails, is a 503 that says when to try again.
 */
@ApplicationScoped
public class UsageReader {
    /** The problem of a meter that is not there. */
    public static final String METER_UNKNOWN = "meter-unknown";

    /** A restart of usage-service takes a few seconds. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    /** By time, then source and id: a price whose free part goes to the first events must not depend on what arrived first. */
    private static final String BY_TIME = "time";

    private final UsageClient client;
    private final UsageConfig config;

    UsageReader(@RestClient UsageClient client, UsageConfig config) {
        this.client = client;
        this.config = config;
    }

    /** The place in the tenant's events up to which totals will never change again. */
    public Uni<String> cutoff(UUID tenantId) {
        return answered(client.cutoff(new UsageAnswer.CutoffRequest(tenantId)), "cutoff of tenant '" + tenantId + "'")
                .map(UsageAnswer.Cutoff::cutoff);
    }

    /** What a price needs to know of a meter: its total, and each value where the model takes a part of each. */
    public Uni<Usage> read(PricingModel model, String meter, MeteredSpan span) {
        if (!model.metered()) {
            return Uni.createFrom().item(Usage.none());
        }
        return model.perEvent()
                ? values(meter, span, null, new ArrayList<>()).map(Usage::ofEvents)
                : total(meter, span).map(Usage::of);
    }

    /** The meter's total; 0 when nothing was used. */
    public Uni<BigDecimal> total(String meter, MeteredSpan span) {
        return answered(
                        client.metrics(span.tenantId(), meter, span.start(), span.end(), span.cutoff()),
                        "total of meter '" + meter + "'")
                .map(metrics -> metrics.data().stream()
                        .map(UsageAnswer.Total::value)
                        .filter(value -> value != null)
                        .map(BigDecimal::new)
                        .reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    /** How the values of a meter's events become one: count, sum, min, max, unique_count or latest. */
    public Uni<String> aggregation(String meter) {
        return answered(client.meter(meter), "meter '" + meter + "'").map(UsageAnswer.Meter::aggregation);
    }

    /** Whether a meter's total is a level that holds for a time, and not a sum of what happened. */
    public Uni<Boolean> isLevel(String meter) {
        return aggregation(meter).map(aggregation -> !aggregation.equals("sum") && !aggregation.equals("count"));
    }

    private Uni<List<BigDecimal>> values(String meter, MeteredSpan span, String after, List<BigDecimal> read) {
        return answered(
                        client.events(
                                span.tenantId(),
                                meter,
                                span.start(),
                                span.end(),
                                span.cutoff(),
                                BY_TIME,
                                config.pageSize(),
                                after),
                        "events of meter '" + meter + "'")
                .chain(page -> {
                    for (UsageAnswer.Event event : page.data()) {
                        if (event.value() != null) {
                            read.add(new BigDecimal(event.value()));
                        }
                    }
                    return page.next() == null ? Uni.createFrom().item(read) : values(meter, span, page.next(), read);
                });
    }

    private static <T> Uni<T> answered(Uni<T> call, String what) {
        return call.onFailure(failure -> !(failure instanceof ProblemException)).transform(failure -> {
            int status = failure instanceof WebApplicationException answer
                    ? answer.getResponse().getStatus()
                    : 0;
            if (status == 404) {
                return ProblemException.unprocessable(
                        "meter-unknown", "usage-service knows no " + what + "; a price can only read a meter it has.");
            }
            return ProblemException.unavailable("usage-unavailable", "usage-service gave no " + what + ".", RETRY_AFTER)
                    .causedBy(failure);
        });
    }
}

package io.countinghouse.usage.metric;

import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.countinghouse.usage.meter.MeterRepository;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Answers queries of totals. */
@Startup
@ApplicationScoped
class UsageMetricService {

    private final UsageMetricRepository metrics;
    private final MeterRepository meters;
    private final TenantTransaction transaction;
    private final Counter fetched;

    UsageMetricService(
            UsageMetricRepository metrics,
            MeterRepository meters,
            TenantTransaction transaction,
            MeterRegistry registry) {
        this.metrics = metrics;
        this.meters = meters;
        this.transaction = transaction;
        this.fetched = registry.counter("usage.metrics.fetched");
    }

    Uni<UsageMetricView> query(UsageMetricQuery query) {
        return transaction
                .asCaller(() -> meters.findByKey(query.meter()).chain(meter -> {
                    if (meter == null) {
                        throw ProblemException.notFound("meter", query.meter());
                    }
                    query.groupBy().stream()
                            .filter(property -> !meter.groupBy().contains(property))
                            .findFirst()
                            .ifPresent(property -> {
                                throw ProblemException.invalidField(
                                        "group_by",
                                        "meter '" + meter.key() + "' is not grouped by '" + property + "', only by "
                                                + meter.groupBy());
                            });
                    return metrics.totals(meter, query)
                            .map(totals -> new UsageMetricView(
                                    query.tenant(),
                                    meter.key(),
                                    meter.aggregation(),
                                    query.from(),
                                    query.to(),
                                    query.asOf() == null ? null : query.asOf().toString(),
                                    totals));
                }))
                .invoke(() -> fetched.increment());
    }
}

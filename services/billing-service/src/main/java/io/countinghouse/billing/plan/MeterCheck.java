package io.countinghouse.billing.plan;

import io.countinghouse.billing.usage.UsageReader;
import io.countinghouse.defaults.problem.FieldError;
import io.countinghouse.defaults.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether usage-service has the meters of a plan, and whether each price can be taken of what its meter gives. Reads over
 * HTTP, so never inside a transaction; while usage-service is away, no plan is made (503).
 */
@ApplicationScoped
class MeterCheck {
    private final UsageReader usage;

    MeterCheck(UsageReader usage) {
        this.usage = usage;
    }

    Uni<Void> check(List<PriceSpec> specs) {
        Uni<Map<String, Optional<String>>> known = Uni.createFrom().item(new HashMap<>());
        for (String meter : specs.stream()
                .map(PriceSpec::meter)
                .filter(key -> key != null)
                .distinct()
                .toList()) {
            known = known.call(map -> usage.aggregation(meter)
                    .map(Optional::of)
                    .onFailure(MeterCheck::isUnknown)
                    .recoverWithItem(Optional.empty())
                    .invoke(aggregation -> map.put(meter, aggregation)));
        }
        return known.invoke(aggregations -> {
                    List<FieldError> errors = new ArrayList<>();
                    for (int i = 0; i < specs.size(); i++) {
                        String wrong = wrong(specs.get(i), aggregations);
                        if (wrong != null) {
                            errors.add(new FieldError("prices[" + i + "].meter", wrong));
                        }
                    }
                    PlanService.refuse(errors);
                })
                .replaceWithVoid();
    }

    private static String wrong(PriceSpec spec, Map<String, Optional<String>> aggregations) {
        if (spec.meter() == null) {
            return null;
        }
        Optional<String> aggregation = aggregations.get(spec.meter());
        if (aggregation.isEmpty()) {
            return "usage-service has no meter '" + spec.meter() + "'; define it first";
        }
        return "percentage".equals(spec.model()) && !"sum".equals(aggregation.get())
                ? "a percentage is taken of the values that a sum meter adds up, and '" + spec.meter() + "' is a "
                        + aggregation.get() + " meter"
                : null;
    }

    private static boolean isUnknown(Throwable failure) {
        return failure instanceof ProblemException problem && problem.slug().equals(UsageReader.METER_UNKNOWN);
    }
}

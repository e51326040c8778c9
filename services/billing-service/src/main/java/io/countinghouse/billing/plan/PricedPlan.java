package io.countinghouse.billing.plan;

import io.countinghouse.billing.rating.Price;
import java.util.List;
import java.util.UUID;
import org.joda.money.CurrencyUnit;

/** One version of a plan as other features need it: what it is called and what it charges. */
public record PricedPlan(
        UUID versionId,
        String code,
        String name,
        int version,
        CurrencyUnit currency,
        int intervalMonths,
        List<Item> items) {

    /** One price, in its place on the bill. */
    public record Item(UUID priceId, int position, String name, String modelName, String meter, Price price) {}

    public boolean metered() {
        return items.stream().anyMatch(item -> item.price().model().metered());
    }

    static PricedPlan of(Plan plan, PlanVersion version, List<PlanPrice> prices) {
        CurrencyUnit currency = CurrencyUnit.of(plan.currency());
        return new PricedPlan(
                version.id(),
                plan.code(),
                plan.name(),
                version.version(),
                currency,
                "yearly".equals(plan.interval()) ? 12 : 1,
                prices.stream().map(price -> item(price, currency)).toList());
    }

    private static Item item(PlanPrice price, CurrencyUnit currency) {
        PriceSpec spec = price.spec();
        return new Item(price.id(), price.position(), spec.name(), spec.model(), spec.meter(), spec.toPrice(currency));
    }
}

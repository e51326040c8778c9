package io.countinghouse.billing.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.countinghouse.billing.rating.InvalidPriceException;
import io.countinghouse.billing.rating.Price;
import io.countinghouse.billing.rating.PricingModel;
import io.countinghouse.billing.rating.PricingModel.Flat;
import io.countinghouse.billing.rating.PricingModel.Graduated;
import io.countinghouse.billing.rating.PricingModel.Package;
import io.countinghouse.billing.rating.PricingModel.PerUnit;
import io.countinghouse.billing.rating.PricingModel.Percentage;
import io.countinghouse.billing.rating.PricingModel.Volume;
import io.countinghouse.billing.rating.Tier;
import io.countinghouse.defaults.text.VisibleText;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.joda.money.CurrencyUnit;

/**
 * A price as it is written in the API and kept in the database: the name of its model and the fields that belong to
 * that model. Numbers are decimals in strings. A field of another model is refused rather than ignored: it would be a
 * convention that its author believes to be in force.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RegisterForReflection
public record PriceSpec(
        @NotBlank @Size(max = 200) @VisibleText String name,

        @NotNull
        @Pattern(
                regexp = "flat|per_unit|graduated|volume|package|percentage",
                message = "must be flat, per_unit, graduated, volume, package or percentage")
        String model,

        @Pattern(regexp = METER, message = METER_RULE) String meter,
        @Pattern(regexp = DECIMAL, message = DECIMAL_RULE) String amount,
        Boolean prorated,
        @Pattern(regexp = DECIMAL, message = DECIMAL_RULE) String unitPrice,
        @Size(max = 100) List<@NotNull @Valid TierSpec> tiers,
        Boolean zeroUsageFlatFee,
        @Pattern(regexp = DECIMAL, message = DECIMAL_RULE) String packageSize,
        @Pattern(regexp = DECIMAL, message = DECIMAL_RULE) String packagePrice,
        @Pattern(regexp = DECIMAL, message = DECIMAL_RULE) String freeUnits,
        @Pattern(regexp = DECIMAL, message = DECIMAL_RULE) String ratePercent,
        @Pattern(regexp = DECIMAL, message = DECIMAL_RULE) String fixedPerEvent,
        @Min(0) @Max(Integer.MAX_VALUE) Integer freeEvents,
        @Pattern(regexp = DECIMAL, message = DECIMAL_RULE) String freeAmount,
        @Pattern(regexp = DECIMAL, message = DECIMAL_RULE) String perTransactionMin,
        @Pattern(regexp = DECIMAL, message = DECIMAL_RULE) String perTransactionMax,

        @Pattern(
                regexp = "HALF_UP|HALF_EVEN|HALF_DOWN|UP|DOWN|CEILING|FLOOR",
                message = "must be HALF_UP, HALF_EVEN, HALF_DOWN, UP, DOWN, CEILING or FLOOR")
        String rounding) {

    /** 15 digits before the point and 15 after it hold every price in use, and keep every product exact. */
    public static final String DECIMAL = "\\d{1,15}(\\.\\d{1,15})?";

    public static final String DECIMAL_RULE = "must be a decimal in a string, such as \"0.0025\"";
    public static final String METER = "[a-z0-9][a-z0-9_.:-]{0,99}";
    public static final String METER_RULE = "must be the key of a meter, such as \"input_tokens\"";

    private static final Map<String, Set<String>> FIELDS = Map.of(
            "flat", Set.of("amount", "prorated"),
            "per_unit", Set.of("meter", "unit_price"),
            "graduated", Set.of("meter", "tiers", "zero_usage_flat_fee"),
            "volume", Set.of("meter", "tiers", "zero_usage_flat_fee"),
            "package", Set.of("meter", "package_size", "package_price", "free_units"),
            "percentage",
                    Set.of(
                            "meter",
                            "rate_percent",
                            "fixed_per_event",
                            "free_events",
                            "free_amount",
                            "per_transaction_min",
                            "per_transaction_max"));

    /**
     * The price that rating understands.
     *
     * @throws InvalidPriceException when the fields do not make a price
     */
    public Price toPrice(CurrencyUnit currency) {
        return new Price(currency, toModel(), rounding == null ? null : RoundingMode.valueOf(rounding));
    }

    /** What a plan may hold is narrower than what can be rated: its last tier is open, so that any usage has a price. */
    void check(CurrencyUnit currency) {
        given().forEach((field, value) -> {
            if (value != null && !FIELDS.get(model).contains(field)) {
                throw new InvalidPriceException(field, field + " does not belong to a " + model + " price");
            }
        });
        if (!"flat".equals(model) && meter == null) {
            throw new InvalidPriceException("meter", "meter is missing, a " + model + " price needs one");
        }
        toPrice(currency);
        if (tiers != null && tiers.getLast().upTo() != null) {
            throw new InvalidPriceException(
                    "tiers",
                    "the last tier ends at " + tiers.getLast().upTo() + ", must be open so that any usage has a price");
        }
    }

    @JsonIgnore
    private PricingModel toModel() {
        return switch (model) {
            case "flat" -> new Flat(required("amount", amount), prorated == null || prorated);
            case "per_unit" -> new PerUnit(required("unit_price", unitPrice));
            case "graduated" -> new Graduated(toTiers(), zeroUsageFlatFee != null && zeroUsageFlatFee);
            case "volume" -> new Volume(toTiers(), zeroUsageFlatFee != null && zeroUsageFlatFee);
            case "package" ->
                new Package(
                        required("package_size", packageSize),
                        required("package_price", packagePrice),
                        decimal(freeUnits));
            case "percentage" ->
                new Percentage(
                        required("rate_percent", ratePercent),
                        decimal(fixedPerEvent),
                        freeEvents,
                        decimal(freeAmount),
                        decimal(perTransactionMin),
                        decimal(perTransactionMax));
            default -> throw new InvalidPriceException("model", "there is no model '" + model + "'");
        };
    }

    private List<Tier> toTiers() {
        if (tiers == null) {
            throw new InvalidPriceException("tiers", "tiers is missing, a " + model + " price needs at least one");
        }
        return tiers.stream().map(TierSpec::toTier).toList();
    }

    private Map<String, Object> given() {
        Map<String, Object> given = new LinkedHashMap<>();
        given.put("meter", meter);
        given.put("amount", amount);
        given.put("prorated", prorated);
        given.put("unit_price", unitPrice);
        given.put("tiers", tiers);
        given.put("zero_usage_flat_fee", zeroUsageFlatFee);
        given.put("package_size", packageSize);
        given.put("package_price", packagePrice);
        given.put("free_units", freeUnits);
        given.put("rate_percent", ratePercent);
        given.put("fixed_per_event", fixedPerEvent);
        given.put("free_events", freeEvents);
        given.put("free_amount", freeAmount);
        given.put("per_transaction_min", perTransactionMin);
        given.put("per_transaction_max", perTransactionMax);
        return given;
    }

    private static BigDecimal required(String field, String value) {
        if (value == null) {
            throw new InvalidPriceException(field, field + " is missing");
        }
        return new BigDecimal(value);
    }

    static BigDecimal decimal(String value) {
        return value == null ? null : new BigDecimal(value);
    }
}

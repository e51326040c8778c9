package io.countinghouse.billing.tax;

import io.countinghouse.defaults.audit.AuditTrail;
import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Rules of tax rates. Every method joins the transaction of its caller. */
@ApplicationScoped
public class TaxRateService {
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private final TaxRateRepository rates;
    private final AuditTrail audit;
    private final Clock clock;

    TaxRateService(TaxRateRepository rates, AuditTrail audit, Clock clock) {
        this.rates = rates;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * The rate for a customer at the time of supply: what the code given to it says, else the standard rate of its
     * country, else none.
     *
     * @param code may be null
     * @param country may be null
     * @param suppliedBefore the exclusive end of the period that is taxed
     * @return null when nothing applies
     */
    public Uni<AppliedTax> applyingTo(String code, String country, Instant suppliedBefore) {
        Uni<TaxRate> own = code != null
                ? rates.before(code, suppliedBefore)
                : Uni.createFrom().nullItem();
        return own.chain(found -> found != null || country == null
                        ? Uni.createFrom().item(found)
                        : rates.standardBefore(country, suppliedBefore))
                .map(found -> found == null
                        ? null
                        : new AppliedTax(found.code(), found.ratePercent().toPlainString()));
    }

    public Uni<Boolean> exists(String code) {
        return rates.ofCode(code).map(found -> !found.isEmpty());
    }

    Uni<TaxRateView> create(CreateTaxRateRequest request) {
        Instant from = request.validFrom() == null
                ? TaxRate.ALWAYS
                : request.validFrom().truncatedTo(ChronoUnit.MICROS);
        checkStart(from);
        return rates.claim(request.code())
                .chain(() -> rates.ofCode(request.code()))
                .map(existing -> made(request, existing, from))
                .call(this::refuseSecondStandard)
                .chain(rates::persistAndFlush)
                .call(rate -> audit.record(
                        "tax_rate.created",
                        "tax_rate",
                        rate.code(),
                        null,
                        Map.of(
                                "rate_percent",
                                rate.ratePercent().toPlainString(),
                                "valid_from",
                                rate.validFrom().toString())))
                .chain(rate -> get(rate.code()));
    }

    Uni<TaxRateView> get(String code) {
        return rates.ofCode(code).map(found -> {
            if (found.isEmpty()) {
                throw ProblemException.notFound("tax rate", code);
            }
            return TaxRateView.of(found, clock.instant());
        });
    }

    Uni<Page<TaxRateView>> list(String after, int limit) {
        return rates.page(after, limit)
                .map(codes -> Page.of(codes, limit, code -> code))
                .chain(codes -> rates.ofCodes(codes.data()).map(found -> {
                    Map<String, List<TaxRate>> byCode = found.stream().collect(Collectors.groupingBy(TaxRate::code));
                    Instant now = clock.instant();
                    return codes.map(code -> TaxRateView.of(byCode.get(code), now));
                }));
    }

    private TaxRate made(CreateTaxRateRequest request, List<TaxRate> existing, Instant from) {
        for (TaxRate rate : existing) {
            if (rate.validFrom().equals(from)) {
                throw ProblemException.conflict(
                        "tax-rate-exists",
                        "There is a tax rate '" + rate.code() + "' of "
                                + rate.ratePercent().toPlainString() + " % from " + from
                                + "; its next rate has a valid_from of its own.");
            }
        }
        String country = request.country();
        boolean standard = request.standard() == null ? country != null : request.standard();
        if (!existing.isEmpty()) {
            TaxRate first = existing.getFirst();
            if (country != null && !country.equals(first.country())) {
                throw ProblemException.conflict(
                        "tax-rate-of-another-country",
                        "'" + first.code() + "' is a rate of "
                                + (first.country() == null ? "no country" : first.country()) + ", not of " + country
                                + "; a code keeps its country.");
            }
            country = first.country();
            standard = request.standard() == null ? first.standard() : request.standard();
        }
        if (country == null && standard) {
            throw ProblemException.invalidField(
                    "standard", "is true, a rate without a country applies to nobody by itself");
        }
        return TaxRate.create(
                request.code(), from, new BigDecimal(request.ratePercent()), country, standard, clock.instant());
    }

    private Uni<Void> refuseSecondStandard(TaxRate made) {
        if (!made.standard()) {
            return Uni.createFrom().voidItem();
        }
        return rates.standardFrom(made.country(), made.validFrom())
                .invoke(standard -> {
                    if (standard != null) {
                        throw ProblemException.conflict(
                                "standard-rate-exists",
                                "'" + standard.code() + "' is the standard rate of " + made.country() + " from "
                                        + standard.validFrom()
                                        + "; the next one has a later valid_from, others are made with standard false.");
                    }
                })
                .replaceWithVoid();
    }

    private static void checkStart(Instant from) {
        if (from.isBefore(TaxRate.ALWAYS) || !from.isBefore(LATEST)) {
            throw ProblemException.invalidField(
                    "valid_from", "is " + from + ", must be from " + TaxRate.ALWAYS + " to before " + LATEST);
        }
    }
}

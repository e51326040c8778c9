package io.countinghouse.billing.tax;

import io.countinghouse.defaults.audit.AuditTrail;
import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;

/** Rules of tax rates. Every method joins the transaction of its caller. */
@ApplicationScoped
public class TaxRateService {
    private final TaxRateRepository rates;
    private final AuditTrail audit;
    private final Clock clock;

    TaxRateService(TaxRateRepository rates, AuditTrail audit, Clock clock) {
        this.rates = rates;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * The rate for a customer: the one given to it by code, else the standard rate of its country, else none.
     *
     * @param code may be null
     * @param country may be null
     * @return null when nothing applies
     */
    public Uni<AppliedTax> applyingTo(String code, String country) {
        Uni<TaxRate> rate = code != null
                ? rates.findById(code)
                : country != null ? rates.standardOf(country) : Uni.createFrom().nullItem();
        return rate.map(found -> found == null
                ? null
                : new AppliedTax(found.code(), found.ratePercent().toPlainString()));
    }

    public Uni<Boolean> exists(String code) {
        return rates.findById(code).map(rate -> rate != null);
    }

    Uni<TaxRateView> create(CreateTaxRateRequest request) {
        return rates.findById(request.code())
                .invoke(existing -> {
                    if (existing != null) {
                        throw ProblemException.conflict(
                                "tax-rate-exists",
                                "There is a tax rate '" + request.code() + "' of "
                                        + existing.ratePercent().toPlainString() + " %; a new rate needs a new code.");
                    }
                })
                .chain(() -> request.appliesByItself()
                        ? rates.standardOf(request.country())
                        : Uni.createFrom().<TaxRate>nullItem())
                .invoke(standard -> {
                    if (standard != null) {
                        throw ProblemException.conflict(
                                "standard-rate-exists",
                                "'" + standard.code() + "' is the standard rate of " + request.country()
                                        + "; a country has one, others are made with standard false.");
                    }
                })
                .chain(() -> rates.persistAndFlush(TaxRate.create(request, clock.instant())))
                .call(rate -> audit.record(
                        "tax_rate.created",
                        "tax_rate",
                        rate.code(),
                        null,
                        Map.of("rate_percent", rate.ratePercent().toPlainString())))
                .map(TaxRateView::of);
    }

    Uni<TaxRateView> get(String code) {
        return rates.findById(code)
                .onItem()
                .ifNull()
                .failWith(() -> ProblemException.notFound("tax rate", code))
                .map(TaxRateView::of);
    }

    Uni<Page<TaxRateView>> list(String after, int limit) {
        return rates.page(after, limit)
                .map(rows -> Page.of(rows, limit, TaxRate::code).map(TaxRateView::of));
    }
}

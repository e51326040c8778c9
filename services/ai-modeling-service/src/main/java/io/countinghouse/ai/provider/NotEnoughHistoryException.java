package io.countinghouse.ai.provider;

import io.countinghouse.ai.forecast.Forecast;
import io.countinghouse.ai.usage.UsageSeries;
import io.countinghouse.defaults.problem.ProblemException;

class NotEnoughHistoryException extends ProblemException {

    private static final long serialVersionUID = 1L;

    NotEnoughHistoryException(UsageSeries history) {
        super(
                422,
                "not-enough-history",
                "Not enough history",
                "The meter '%s' has %d complete %ss since its first use; a forecast needs at least %d."
                        .formatted(
                                history.meter(),
                                history.values().size(),
                                history.window().text(),
                                Forecast.LEAST_HISTORY));
    }
}

package io.countinghouse.billing.period;

import java.util.List;

/** The periods that this request closed; none when all were closed before. */
record ClosedPeriods(List<PeriodDocument> data) {}

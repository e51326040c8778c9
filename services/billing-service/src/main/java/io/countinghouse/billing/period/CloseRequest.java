package io.countinghouse.billing.period;

import java.time.Instant;

/** Periods that end after {@code up_to} are left open; absent means now. */
record CloseRequest(Instant upTo) {}

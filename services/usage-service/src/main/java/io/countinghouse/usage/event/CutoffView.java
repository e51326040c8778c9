package io.countinghouse.usage.event;

/**
 * A position in the order of acceptance. Totals and lists read with {@code as_of} this position never change: what is
 * accepted or voided later has a higher one.
 */
record CutoffView(String cutoff) {}

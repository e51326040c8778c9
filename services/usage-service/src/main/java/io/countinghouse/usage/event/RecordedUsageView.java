package io.countinghouse.usage.event;

/**
 * What became of the events of a request.
 *
 * @param accepted taken now
 * @param duplicates known already by source and id, and so without effect
 */
record RecordedUsageView(int accepted, int duplicates) {}

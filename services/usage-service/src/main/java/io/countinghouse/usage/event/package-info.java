/**
 * Usage events: taken as CloudEvents in each mode of its HTTP binding, once for ever per source and id, never changed
 * afterwards; an event that should not have been sent is voided, and stays readable.
 */
package io.countinghouse.usage.event;

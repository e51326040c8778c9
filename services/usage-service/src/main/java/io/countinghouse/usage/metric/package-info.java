/** Totals: what a tenant used under a meter in a time, split by windows and properties, now or as of a cut-off. */
package io.countinghouse.usage.metric;

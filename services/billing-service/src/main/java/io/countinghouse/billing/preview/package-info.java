/** What usage would cost: the same rating as of a bill, with nothing stored. */
package io.countinghouse.billing.preview;

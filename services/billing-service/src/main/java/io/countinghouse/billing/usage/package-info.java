/** What was used, read from usage-service at a cutoff, so that the same question always has the same answer. */
package io.countinghouse.billing.usage;

/** usage-service: what happened, how it is measured, and the totals that billing relies on. */
package io.countinghouse.usage;

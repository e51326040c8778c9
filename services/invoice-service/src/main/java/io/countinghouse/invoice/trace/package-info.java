/** From a line back to the usage events behind it, as they stood when the period was billed. */
package io.countinghouse.invoice.trace;

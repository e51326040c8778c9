/** What billing-service says of a billed period: by event when it is closed, and over HTTP when asked. */
package io.countinghouse.invoice.period;

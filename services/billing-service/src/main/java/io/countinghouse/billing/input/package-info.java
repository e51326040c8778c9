/** What may be written into a field: constraints that several requests share, each with the way out in its message. */
package io.countinghouse.billing.input;

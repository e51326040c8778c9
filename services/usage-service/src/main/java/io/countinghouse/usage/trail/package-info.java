/** The trail of what was changed about usage: meters defined, batches taken, events voided; kept here and sent on to the audit log. */
package io.countinghouse.usage.trail;

/**
 * The append-only record of what happened to a tenant's account: every change of its subscription, every charge,
 * every invoice, numbered without a gap. The sum of the amounts of the {@code invoice_} events is what is owed.
 */
package io.countinghouse.billing.ledger;

/**
 * The append-only record of what happened to a tenant's account: every change of its subscription, every charge,
 * every invoice, payment and credit note, numbered without a gap. An entry has the amount that moved, so the sum of the
 * amounts of finalized and voided invoices, payments and credit notes is what is owed.
 */
package io.countinghouse.billing.ledger;

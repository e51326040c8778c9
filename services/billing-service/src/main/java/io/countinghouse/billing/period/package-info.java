/**
 * From usage to a bill: a period that has ended is read at a cutoff, rated, and stored with its lines, its ledger
 * entries and the event that makes an invoice of it, all in one transaction and once.
 */
package io.countinghouse.billing.period;

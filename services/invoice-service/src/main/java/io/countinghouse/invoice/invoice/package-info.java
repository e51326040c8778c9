/**
 * Invoices from draft to paid or void. What was issued does not change any more: the entity offers no way to, and a
 * trigger in the database refuses it to everybody else.
 */
package io.countinghouse.invoice.invoice;

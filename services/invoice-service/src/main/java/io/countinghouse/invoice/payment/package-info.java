/**
 * Payments. A provider says whether money came in; what was booked here is never changed. The manual provider takes
 * the operator's word, for bank transfers; Stripe charges cards; the test provider charges imaginary cards where an installation is tried out.
 */
package io.countinghouse.invoice.payment;

package io.countinghouse.invoice.creditnote;

import org.joda.money.Money;

/** The part of an invoice's line that is taken back, without tax. */
record CreditLine(int position, String description, Money amount) {}

/**
 * How usage becomes money: pure functions without I/O, clock or database. {@link
 * io.countinghouse.billing.rating.PricingModel} says what a price may be, {@link
 * io.countinghouse.billing.rating.Rating} is the one place where an amount is decided, {@link
 * io.countinghouse.billing.rating.BillingCalendar} says where a period starts and ends and {@link
 * io.countinghouse.billing.rating.Proration} what part of a month was used. Everything is exact decimal
 * arithmetic; the only rounding is the one that the price declares, once per line.
 */
package io.countinghouse.billing.rating;

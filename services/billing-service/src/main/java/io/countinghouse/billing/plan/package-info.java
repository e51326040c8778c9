/**
 * Plans and their prices. A plan is a code, a currency and an interval; its prices stand in versions that never change
 * once made, so that a billed line can always name the price it came from.
 */
package io.countinghouse.billing.plan;

/**
 * Which tenant is on which plan, and since when. A subscription has phases, one for each plan version it was on;
 * {@link io.countinghouse.billing.subscription.Timeline} turns them into periods. An upgrade starts a phase at once, a
 * downgrade at the end of the running period.
 */
package io.countinghouse.billing.subscription;

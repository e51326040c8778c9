/**
 * billing-service: what is charged, to whom, for which period. Plans and tax rates are the operator's; profiles,
 * subscriptions, billed periods, ledger and alerts are a tenant's. {@link io.countinghouse.billing.rating} decides the
 * money and knows none of the others.
 */
package io.countinghouse.billing;

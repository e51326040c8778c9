/**
 * To whom a tenant's bills are addressed. A profile comes into being when the tenant signs up, and is completed by its
 * people; the tax rate it is billed by is the operator's to choose.
 */
package io.countinghouse.billing.profile;

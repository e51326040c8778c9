/** What a tenant has switched off. What has to arrive, such as invoices, cannot be switched off. */
package io.countinghouse.notification.preference;

/** Usage alerts: a tenant hears once per period that a meter has passed a threshold it chose. */
package io.countinghouse.billing.alert;

/**
 * What happens in the other services and somebody should be told: each event becomes messages in the transaction of its
 * inbox row, so it is told once. Mails go to whom the event names, else to the tenant's contact; the tenant's webhook
 * endpoints get the event's data as it came.
 */
package io.countinghouse.notification.event;

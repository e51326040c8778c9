/** Whom a tenant's messages go to when an event names nobody: the owner who signed up, or the owner who took over. */
package io.countinghouse.notification.contact;

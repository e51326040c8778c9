/** Whom a tenant's messages go to when an event names nobody: the owner who signed up. */
package io.countinghouse.notification.contact;

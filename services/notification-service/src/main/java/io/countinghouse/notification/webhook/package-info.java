/**
 * Where tenants want to be called, with which secret, about what. An address inside the operator's own network is refused,
 * when it is registered and again each time it is called: a name can be made to point elsewhere at any time.
 */
package io.countinghouse.notification.webhook;

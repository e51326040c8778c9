/** Secrets that a service must be able to read again, encrypted at rest under one that only its configuration knows. */
package io.countinghouse.defaults.secret;

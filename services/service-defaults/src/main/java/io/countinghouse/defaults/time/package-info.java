/** Time and identifiers: an injected clock in UTC, and UUIDv7. */
package io.countinghouse.defaults.time;

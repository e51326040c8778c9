/** Time and identifiers: an injected clock in UTC, instants in microseconds wherever they enter, and UUIDv7. */
package io.countinghouse.defaults.time;

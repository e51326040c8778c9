/** The state of the service over time, measured once a minute, for the operator. */
package io.countinghouse.usage.stats;

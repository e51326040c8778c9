/** One id through every call, event and log line of what a request sets in motion. */
package io.countinghouse.defaults.correlation;

/** Counters that every service has; its own stand beside the code that moves them. */
package io.countinghouse.defaults.metrics;

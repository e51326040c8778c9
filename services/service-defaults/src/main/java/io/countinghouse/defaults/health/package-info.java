/** Probes: whether this process can do its work, in under 100 ms, without asking anyone but its own database. */
package io.countinghouse.defaults.health;

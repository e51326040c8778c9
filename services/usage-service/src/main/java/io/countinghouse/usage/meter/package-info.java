/** Meters: how events of a type become a number. Defined once by the operator; a meter never changes afterwards. */
package io.countinghouse.usage.meter;

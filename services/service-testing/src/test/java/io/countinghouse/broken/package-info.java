/** Breaks every architecture rule once, so that a test sees each of them fail. */
package io.countinghouse.broken;

/** Work in the background that the process does by itself. */
package io.countinghouse.defaults.work;

/** Forecasts and explains usage, passes questions on to a language model, and remembers what it answered. */
package io.countinghouse.ai;

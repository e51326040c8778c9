/**
 * Forecasts as pure functions of a series of numbers: plain methods and smoothing, with and without a season, of which the
 * history itself chooses by a rolling origin (Hyndman and Athanasopoulos, "Forecasting: Principles and Practice", third
 * edition, section 5.10). Intervals are those of the method, with Student's t and widened by what its errors were.
 */
package io.countinghouse.ai.forecast;

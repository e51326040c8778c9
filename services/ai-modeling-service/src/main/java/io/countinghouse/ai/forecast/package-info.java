/**
 * Forecasts by exponential smoothing, as pure functions of a series of numbers. The models are those of class 1 in
 * Hyndman, Koehler, Ord and Snyder, "Forecasting with Exponential Smoothing: The State Space Approach" (2008): additive
 * errors, and an additive trend and season where the history is long enough to tell them.
 */
package io.countinghouse.ai.forecast;

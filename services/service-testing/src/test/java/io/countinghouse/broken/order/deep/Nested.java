package io.countinghouse.broken.order.deep;

/** A feature that is not flat. */
public class Nested {}

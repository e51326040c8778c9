package io.countinghouse.broken.order;

/** A name that says nothing. */
class OrderUtils {}

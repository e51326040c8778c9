package io.countinghouse.broken.customer;

import io.countinghouse.broken.order.OrderRepository;

/** Half of a circle between two features. */
public class Customer {
    OrderRepository orders;
}

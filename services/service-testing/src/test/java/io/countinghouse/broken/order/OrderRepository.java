package io.countinghouse.broken.order;

/** A repository that knows a service. */
public class OrderRepository {
    OrderService service;
}

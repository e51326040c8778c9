package io.countinghouse.broken.order;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** A resource that knows the database, with an operation that JAX-RS would drop. */
@Path("/orders")
class OrderResource {
    OrderRepository repository;

    @GET
    String list() {
        return "";
    }
}

package io.countinghouse.broken.order;

import io.countinghouse.broken.customer.Customer;
import io.countinghouse.elsewhere.Foreign;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.UUID;

/** A service that knows a resource and another service, asks the machine for the time, and blocks. */
class OrderService {
    OrderResource resource;
    Foreign foreign;
    Customer customer;

    Instant now() {
        return Instant.now();
    }

    UUID id() {
        return UUID.randomUUID();
    }

    String wait(Uni<String> answer) {
        return answer.await().indefinitely();
    }
}

package io.countinghouse.broken.order;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** An entity with a setter and a name that says what it is made of. */
@Entity
class OrderEntity {
    @Id
    private long id;

    void setId(long id) {
        this.id = id;
    }

    long id() {
        return id;
    }
}

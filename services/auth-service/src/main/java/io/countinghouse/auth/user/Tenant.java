package io.countinghouse.auth.user;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

@Entity
@Table(name = "tenant")
class Tenant {

    @Id
    private UUID id;

    @Column(columnDefinition = "text")
    private String name;

    @Column(name = "created_at")
    private Instant createdAt;

    protected Tenant() {}

    static Tenant named(String name, UUID id, Instant now) {
        Tenant tenant = new Tenant();
        tenant.id = id;
        tenant.name = name;
        tenant.createdAt = now;
        return tenant;
    }

    UUID id() {
        return id;
    }

    String name() {
        return name;
    }
}

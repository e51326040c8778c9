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

    /** The owner who is written to. */
    @Column(name = "contact_user_id")
    private UUID contactUserId;

    @Column(name = "created_at")
    private Instant createdAt;

    protected Tenant() {}

    static Tenant named(String name, UUID id, UUID contact, Instant now) {
        Tenant tenant = new Tenant();
        tenant.id = id;
        tenant.name = name;
        tenant.contactUserId = contact;
        tenant.createdAt = now;
        return tenant;
    }

    boolean isContact(User user) {
        return user.id().equals(contactUserId);
    }

    void contact(User owner) {
        contactUserId = owner.id();
    }

    UUID id() {
        return id;
    }

    String name() {
        return name;
    }
}

package io.countinghouse.notification.contact;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** The person a tenant is reached by. */
@Entity
@Table(name = "notification_contact")
public class Contact {

    @Id
    private UUID tenantId;

    private String tenantName;
    private UUID ownerUserId;
    private String ownerName;
    private String email;
    private Instant updatedAt;

    protected Contact() {}

    public Contact(UUID tenantId, String tenantName, UUID ownerUserId, String ownerName, String email, Instant now) {
        this.tenantId = tenantId;
        this.tenantName = tenantName;
        this.ownerUserId = ownerUserId;
        this.ownerName = ownerName;
        this.email = email;
        this.updatedAt = now;
    }

    public String email() {
        return email;
    }
}

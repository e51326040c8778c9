package io.countinghouse.usage.event;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/**
 * A usage event as it is stored. Written by one statement for a whole batch ({@link UsageEventRepository}), so the
 * entity only reads; that it is final is enforced by a trigger.
 */
@Entity
@Immutable
@Table(name = "usage_event")
class UsageEvent {

    @Id
    private UUID id;

    private UUID tenantId;
    private long sequence;
    private String source;
    private String eventId;
    private String type;
    private String subject;
    private Instant time;
    private Instant receivedAt;
    private Instant voidedAt;
    private String voidReason;
    private Long voidSequence;
    private boolean selfReported;

    protected UsageEvent() {}

    UUID id() {
        return id;
    }

    UUID tenantId() {
        return tenantId;
    }

    boolean isSelfReported() {
        return selfReported;
    }
}

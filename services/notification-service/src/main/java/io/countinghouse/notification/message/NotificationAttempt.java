package io.countinghouse.notification.message;

import io.countinghouse.defaults.time.Ids;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** One attempt to deliver, when it was over. */
@Entity
@Immutable
@Table(name = "notification_attempt")
class NotificationAttempt {

    @Id
    private UUID id;

    private UUID notificationId;
    private UUID tenantId;
    private int number;
    private Instant startedAt;
    private Instant finishedAt;
    private String outcome;
    private Integer status;
    private String detail;

    protected NotificationAttempt() {}

    NotificationAttempt(ClaimedMessage message, DeliveryResult result, String outcome, Instant finishedAt) {
        this.id = Ids.next();
        this.notificationId = message.id();
        this.tenantId = message.tenantId();
        this.number = message.attempt();
        this.startedAt = result.startedAt();
        this.finishedAt = finishedAt;
        this.outcome = outcome;
        this.status = result.status();
        this.detail = result.detail();
    }

    AttemptView view() {
        return new AttemptView(number, startedAt, finishedAt, outcome, status, detail);
    }
}

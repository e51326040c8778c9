package io.countinghouse.notification.message;

import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.defaults.time.Ids;
import io.countinghouse.notification.template.Category;
import io.countinghouse.notification.template.RenderedMessage;
import io.countinghouse.notification.webhook.WebhookTarget;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** One message to one recipient. */
@Entity
@Table(name = "notification")
class Notification {

    @Id
    private UUID id;

    private UUID tenantId;
    private String channel;
    private String category;
    private String template;
    private Integer templateVersion;
    private String eventType;
    private String recipient;
    private UUID endpointId;
    private String subject;
    private String text;
    private String html;
    private UUID attachedInvoiceId;
    private String attachmentName;
    private String payload;
    private String state;
    private int attempts;
    private int tries;
    private Instant nextAttemptAt;
    private String lastError;
    private Instant createdAt;
    private Instant sentAt;
    private Instant deliveredAt;
    private Instant failedAt;

    protected Notification() {}

    private Notification(UUID tenantId, Channel channel, Category category, String recipient, Instant now) {
        this.id = Ids.next();
        this.tenantId = tenantId;
        this.channel = channel.label();
        this.category = category.label();
        this.recipient = recipient;
        this.state = "queued";
        this.nextAttemptAt = now;
        this.createdAt = now;
    }

    /** @param attachment null without one */
    static Notification email(
            UUID tenantId,
            RenderedMessage message,
            String address,
            Attachment attachment,
            boolean wanted,
            Instant now) {
        var email = new Notification(tenantId, Channel.EMAIL, message.category(), address, now);
        email.template = message.template();
        email.templateVersion = message.version();
        email.subject = message.subject();
        email.text = message.text();
        email.html = message.html();
        if (attachment != null) {
            email.attachedInvoiceId = attachment.invoiceId();
            email.attachmentName = attachment.fileName();
        }
        if (!wanted) {
            email.state = "suppressed";
            email.nextAttemptAt = null;
        }
        return email;
    }

    static Notification webhook(
            WebhookTarget target, Category category, String eventType, String payload, Instant now) {
        var call = new Notification(target.tenantId(), Channel.WEBHOOK, category, target.url(), now);
        call.endpointId = target.id();
        call.eventType = eventType;
        call.payload = payload;
        return call;
    }

    /** That it was made of a template, too. */
    Notification madeOf(RenderedMessage message) {
        this.template = message.template();
        this.templateVersion = message.version();
        return this;
    }

    /** Whether the given attempt is still the one that is under way: its lease may have run out in the meantime. */
    boolean isAttempt(int number) {
        return state.equals("sent") && attempts == number;
    }

    void deliveredAt(Instant now) {
        handedOver(now);
        this.state = "delivered";
        this.deliveredAt = now;
        this.nextAttemptAt = null;
        this.lastError = null;
    }

    void retryAt(Instant next, String error) {
        this.state = "queued";
        this.nextAttemptAt = next;
        this.lastError = error;
    }

    void failAt(Instant now, String error) {
        this.state = "failed";
        this.failedAt = now;
        this.nextAttemptAt = null;
        this.lastError = error;
    }

    /** The transport took it, whatever comes of it. */
    void handedOver(Instant now) {
        if (sentAt == null) {
            this.sentAt = now;
        }
    }

    /** Somebody wants it tried again: with all attempts it had at first. */
    void requeue(Instant now) {
        if (!state.equals("failed")) {
            throw ProblemException.conflict(
                    "notification-not-failed",
                    "The notification '" + id + "' is " + state + "; only a failed one can be retried.");
        }
        this.state = "queued";
        this.tries = 0;
        this.failedAt = null;
        this.nextAttemptAt = now;
    }

    private Attachment attachment() {
        return attachedInvoiceId == null ? null : new Attachment(attachedInvoiceId, attachmentName);
    }

    UUID id() {
        return id;
    }

    UUID tenantId() {
        return tenantId;
    }

    String state() {
        return state;
    }

    ClaimedMessage claimed() {
        return new ClaimedMessage(
                id,
                tenantId,
                Channel.of(channel),
                recipient,
                endpointId,
                subject,
                text,
                html,
                attachment(),
                payload,
                attempts,
                tries);
    }

    NotificationView view() {
        return new NotificationView(
                id,
                tenantId,
                Channel.of(channel),
                Category.of(category),
                template,
                templateVersion,
                eventType,
                recipient,
                endpointId,
                subject,
                state,
                attempts,
                nextAttemptAt,
                lastError,
                createdAt,
                sentAt,
                deliveredAt,
                failedAt);
    }

    NotificationDetailView detail(java.util.List<NotificationAttempt> attemptsMade) {
        return new NotificationDetailView(
                view(),
                text,
                html,
                attachment(),
                payload,
                attemptsMade.stream().map(NotificationAttempt::view).toList());
    }
}

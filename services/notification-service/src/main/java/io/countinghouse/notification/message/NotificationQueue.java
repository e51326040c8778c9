package io.countinghouse.notification.message;

import io.countinghouse.defaults.audit.AuditTrail;
import io.countinghouse.defaults.audit.AuditTrail.Outcome;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What waits to be delivered, as the one who delivers sees it. Claiming and finishing are transactions of their own. */
@ApplicationScoped
public class NotificationQueue {

    private final NotificationRepository notifications;
    private final NotificationAttemptRepository attempts;
    private final TenantTransaction transaction;
    private final AuditTrail audit;
    private final Clock clock;
    private volatile Runnable listener = () -> {};

    NotificationQueue(
            NotificationRepository notifications,
            NotificationAttemptRepository attempts,
            TenantTransaction transaction,
            AuditTrail audit,
            Clock clock) {
        this.notifications = notifications;
        this.attempts = attempts;
        this.transaction = transaction;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param listener is told, each time a transaction of this process has queued something and was committed; never waits */
    public void whenQueued(Runnable listener) {
        this.listener = listener;
    }

    /** MUST be called inside the transaction that queues something. */
    void queued() {
        transaction.afterCommit(() -> listener.run());
    }

    public Uni<List<ClaimedMessage>> claim(int most, Duration lease) {
        return transaction.forAllTenants(() -> notifications
                .claim(most, lease)
                .map(claimed -> claimed.stream().map(Notification::claimed).toList()));
    }

    /**
     * Writes down what came of an attempt. An attempt whose lease has run out says nothing any more: another one is under
     * way.
     *
     * @param wait until it is tried again after a failure; empty to give up
     * @return whether it counted
     */
    public Uni<Boolean> finish(ClaimedMessage message, DeliveryResult result, Optional<Duration> wait) {
        return transaction.forAllTenants(() -> notifications
                .findForChange(message.id())
                .chain(notification -> {
                    if (notification == null || !notification.isAttempt(message.attempt())) {
                        return Uni.createFrom().item(false);
                    }
                    Instant now = clock.instant();
                    if (result.handedOver()) {
                        notification.handedOver(now);
                    }
                    if (!result.delivered() && wait.isPresent()) {
                        return notifications
                                .now()
                                .invoke(time -> notification.retryAt(time.plus(wait.get()), result.detail()))
                                .chain(() -> attempts.persist(new NotificationAttempt(message, result, "retry", now)))
                                .replaceWith(true);
                    }
                    String outcome;
                    if (result.delivered()) {
                        notification.deliveredAt(now);
                        outcome = "delivered";
                    } else {
                        notification.failAt(now, result.detail());
                        outcome = "failed";
                    }
                    return attempts.persist(new NotificationAttempt(message, result, outcome, now))
                            .call(() -> outcome.equals("failed")
                                    ? recordFailure(message, result)
                                    : Uni.createFrom().voidItem())
                            .replaceWith(true);
                }));
    }

    /** Numbers of messages that wait, and seconds for which the one that has been due longest has been. */
    public Uni<Backlog> backlog() {
        return transaction
                .forAllTenants(notifications::backlog)
                .map(row -> new Backlog(((Number) row[0]).longValue(), ((Number) row[1]).doubleValue()));
    }

    public record Backlog(long queued, double oldestDueSeconds) {}

    private Uni<Void> recordFailure(ClaimedMessage message, DeliveryResult result) {
        return audit.record(
                audit.currentActor(),
                "notification.failed",
                "notification",
                message.id(),
                message.tenantId(),
                Outcome.FAILURE,
                Map.of(
                        "channel", message.channel().label(),
                        "attempts", message.attempt(),
                        "reason", String.valueOf(result.detail())));
    }
}

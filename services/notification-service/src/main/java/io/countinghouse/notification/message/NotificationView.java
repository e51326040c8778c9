package io.countinghouse.notification.message;

import io.countinghouse.notification.template.Category;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;

/**
 * A message in a list.
 *
 * @param recipient an e-mail address or an endpoint's URL
 * @param state queued, sent, delivered, failed or suppressed
 */
@RegisterForReflection
record NotificationView(
        UUID id,
        UUID tenantId,
        Channel channel,
        Category category,
        String template,
        Integer templateVersion,
        String eventType,
        String recipient,
        UUID endpointId,
        String subject,
        String state,
        int attempts,
        Instant nextAttemptAt,
        String lastError,
        Instant createdAt,
        Instant sentAt,
        Instant deliveredAt,
        Instant failedAt) {}

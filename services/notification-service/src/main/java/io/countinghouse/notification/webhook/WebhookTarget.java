package io.countinghouse.notification.webhook;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * An endpoint as the one who calls it needs it.
 *
 * @param disabledReason null while it may be called
 */
public record WebhookTarget(UUID id, UUID tenantId, String url, String disabledReason, List<WebhookSecret> secrets) {

    /** The {@code webhook-signature} header: one signature for each secret that is valid. */
    public String sign(String messageId, Instant timestamp, String body) {
        return secrets.stream()
                .map(secret -> secret.sign(messageId, timestamp, body))
                .collect(Collectors.joining(" "));
    }
}

package io.countinghouse.notification.message;

import java.util.UUID;

/**
 * A message that this process may try to deliver until its lease runs out.
 *
 * @param attachment null without one
 * @param attempt number of this attempt, from 1
 * @param tries as attempt, but from the last time somebody asked for a retry
 */
public record ClaimedMessage(
        UUID id,
        UUID tenantId,
        Channel channel,
        String recipient,
        UUID endpointId,
        String subject,
        String text,
        String html,
        Attachment attachment,
        String payload,
        int attempt,
        int tries) {}

package io.countinghouse.notification.message;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/**
 * A message with what it says and what was tried.
 *
 * @param attachment what goes with a mail; null without one
 * @param payload the JSON text that a webhook carries
 */
@RegisterForReflection
record NotificationDetailView(
        @JsonUnwrapped NotificationView notification,
        String text,
        String html,
        Attachment attachment,
        String payload,
        List<AttemptView> deliveryAttempts) {}

package io.countinghouse.notification.message;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;

/** The body of a webhook, as Standard Webhooks proposes it. */
@RegisterForReflection
record WebhookPayload(String type, Instant timestamp, Object data) {}

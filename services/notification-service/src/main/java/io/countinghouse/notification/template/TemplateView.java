package io.countinghouse.notification.template;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A template at one of its versions.
 *
 * @param builtIn sent by the service itself on events
 * @param createdAt when this version was made
 */
@RegisterForReflection
record TemplateView(
        UUID id,
        String name,
        Category category,
        String description,
        boolean builtIn,
        int version,
        String subject,
        String text,
        String html,
        List<String> variables,
        Instant createdAt,
        String createdBy) {}

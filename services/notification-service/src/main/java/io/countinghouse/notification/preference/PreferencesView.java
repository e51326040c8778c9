package io.countinghouse.notification.preference;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;
import java.util.UUID;

/**
 * What a tenant gets mails about.
 *
 * @param categories whether each is wanted
 */
@RegisterForReflection
record PreferencesView(UUID tenantId, Map<String, Preference> categories) {

    /** @param changeable false for what has to arrive */
    @RegisterForReflection
    record Preference(boolean enabled, boolean changeable) {}
}

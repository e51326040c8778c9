package io.countinghouse.notification.preference;

import io.countinghouse.notification.template.Category;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotNull;
import java.util.Map;
import java.util.UUID;

/**
 * Which categories are wanted; what is not named is wanted.
 *
 * @param tenantId whose; only the operator names one
 */
@RegisterForReflection
record PreferencesRequest(@NotNull Map<Category, @NotNull Boolean> categories, UUID tenantId) {}

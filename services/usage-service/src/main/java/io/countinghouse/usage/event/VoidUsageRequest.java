package io.countinghouse.usage.event;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** Why an event should not count. */
record VoidUsageRequest(@NotBlank @Size(max = 500) String reason) {}

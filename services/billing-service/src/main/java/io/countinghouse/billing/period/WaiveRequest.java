package io.countinghouse.billing.period;

import io.countinghouse.defaults.text.VisibleText;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** Why a charge is given up. */
record WaiveRequest(@NotBlank @Size(max = 500) @VisibleText String reason) {}

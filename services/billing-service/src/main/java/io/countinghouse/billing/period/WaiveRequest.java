package io.countinghouse.billing.period;

import io.countinghouse.billing.input.Legible;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** Why a charge is given up. */
record WaiveRequest(@NotBlank @Size(max = 500) @Legible String reason) {}

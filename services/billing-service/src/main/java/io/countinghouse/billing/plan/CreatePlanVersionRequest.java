package io.countinghouse.billing.plan;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

record CreatePlanVersionRequest(@NotEmpty @Size(max = 100) List<@NotNull @Valid PriceSpec> prices) {}

package io.countinghouse.invoice.invoice;

import jakarta.validation.constraints.NotNull;
import java.util.UUID;

record GenerateInvoiceRequest(@NotNull UUID periodId) {}

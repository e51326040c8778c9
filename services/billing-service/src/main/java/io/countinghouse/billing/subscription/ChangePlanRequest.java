package io.countinghouse.billing.subscription;

import jakarta.validation.constraints.NotBlank;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The plan that a subscription stays on is named to take an announced change back.
 *
 * @param atPeriodEnd only read by a downgrade, and true when absent
 * @param withdrawCancellation needed when the subscription is cancelled and has not ended
 */
record ChangePlanRequest(
        @NotBlank String planCode,
        Boolean atPeriodEnd,

        @Schema(
                description =
                        "Of a subscription whose cancellation was announced: true takes the cancellation back and it"
                                + " runs on, false changes the plan until the end that was announced")
        Boolean withdrawCancellation) {}

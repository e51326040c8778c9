package io.countinghouse.usage.event;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A usage event as it is read.
 *
 * @param value what it counts for under the meter that was asked for, as a decimal; null without a meter, for a count,
 *     and for an event the meter finds no number in
 * @param selfReported whether the customer reported it itself; the operator's usage is not
 * @param sequence its position in the order of acceptance
 */
@RegisterForReflection
record UsageEventView(
        UUID id,
        UUID tenantId,
        String source,
        String eventId,
        String type,
        String subject,
        Instant time,
        Instant receivedAt,

        @JsonRawValue @Schema(type = org.eclipse.microprofile.openapi.annotations.enums.SchemaType.OBJECT)
        String data,

        String value,
        String sequence,
        Instant voidedAt,
        String voidReason,
        boolean selfReported) {}

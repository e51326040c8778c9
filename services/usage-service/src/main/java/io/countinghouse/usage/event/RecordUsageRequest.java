package io.countinghouse.usage.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.UUID;

/**
 * A usage event as a CloudEvent 1.0. Extension attributes other than {@code tenantid} are allowed and not kept.
 *
 * @param time when it happened; the time of acceptance when absent
 * @param tenantId whose usage it is: needed from an operator, not needed from a tenant
 * @param data an object, or absent for events that are only counted
 */
@JsonNaming(PropertyNamingStrategies.LowerCaseStrategy.class)
@JsonIgnoreProperties(ignoreUnknown = true)
record RecordUsageRequest(
        @NotNull @Pattern(regexp = "1\\.0", message = "must be 1.0")
        String specVersion,

        @NotNull @Pattern(regexp = RecordUsageRequest.NAME, message = RecordUsageRequest.NAME_RULE)
        String id,

        @NotNull @Pattern(regexp = RecordUsageRequest.NAME, message = RecordUsageRequest.NAME_RULE)
        String source,

        @NotNull @Pattern(regexp = RecordUsageRequest.NAME, message = RecordUsageRequest.NAME_RULE)
        String type,

        @Size(max = 256) String subject,
        Instant time,
        String dataContentType,
        UUID tenantId,
        JsonNode data) {

    /** Printable, without the NUL and other control characters that a database text cannot hold. */
    static final String NAME = "[^\\p{Cntrl}]{1,256}";

    static final String NAME_RULE = "must have 1 to 256 characters, none of them a control character";

    /** Where a customer's own reports are kept: no other sender's source can begin so. */
    static final String SELF_REPORTED = "self-reported/";

    /** The event as it is kept when a customer reports it itself: its source says so, whatever the customer wrote. */
    RecordUsageRequest selfReported() {
        return new RecordUsageRequest(
                specVersion, id, SELF_REPORTED + source, type, subject, time, dataContentType, tenantId, data);
    }

    boolean isInNameOfCustomer() {
        return source.startsWith(SELF_REPORTED);
    }

    @AssertTrue(message = "must be a JSON object")
    boolean isData() {
        return data == null || data.isNull() || data.isObject();
    }

    @AssertTrue(message = "must be application/json, the only content usage can be measured in")
    boolean isDataContentType() {
        return dataContentType == null || dataContentType.startsWith("application/json");
    }
}

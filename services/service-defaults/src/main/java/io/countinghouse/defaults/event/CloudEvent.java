package io.countinghouse.defaults.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.UUID;

/**
 * An event between services on the wire: CloudEvents 1.0.2, JSON format, structured mode. Attribute names have no
 * underscores, as CloudEvents demands. {@code traceparent} is its Distributed Tracing extension.
 */
@RegisterForReflection
@JsonNaming(PropertyNamingStrategies.LowerCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
record CloudEvent(
        @NotNull @Pattern(regexp = "1\\.0", message = "must be 1.0")
        String specVersion,

        @NotBlank @Size(max = 128) String id,
        @NotBlank @Size(max = 128) String source,
        @NotBlank @Size(max = 128) String type,
        String subject,
        @NotNull Instant time,
        String dataContentType,
        UUID tenantId,
        String correlationId,
        String traceParent,
        @NotNull JsonNode data) {

    static final String MEDIA_TYPE = "application/cloudevents+json";
}

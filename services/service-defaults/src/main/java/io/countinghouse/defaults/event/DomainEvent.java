package io.countinghouse.defaults.event;

import java.util.Objects;
import java.util.UUID;

/**
 * Something that happened in this service and that others may hear of.
 *
 * @param type {@code <service>.<noun>.<past verb>.v<n>}
 * @param tenantId whose it is; null for what belongs to the operator
 * @param subject the id of the thing concerned
 * @param data written as JSON; its shape is a contract ({@code contract/events})
 */
public record DomainEvent(String type, UUID tenantId, String subject, Object data) {
    public DomainEvent {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(data, "data");
    }
}

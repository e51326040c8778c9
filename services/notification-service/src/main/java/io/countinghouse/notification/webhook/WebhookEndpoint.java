package io.countinghouse.notification.webhook;

import io.countinghouse.defaults.time.Ids;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A URL that a tenant wants to be called at. */
@Entity
@Table(name = "webhook_endpoint")
class WebhookEndpoint {

    @Id
    private UUID id;

    private UUID tenantId;
    private String url;
    private String description;

    /** Types joined by commas, which no type holds; empty for all. */
    private String eventTypes;

    private boolean enabled;
    private String disabledReason;
    private byte[] secret;
    private byte[] previousSecret;
    private Instant previousValidUntil;
    private Instant createdAt;
    private Instant updatedAt;

    protected WebhookEndpoint() {}

    WebhookEndpoint(UUID tenantId, WebhookEndpointRequest request, WebhookUrl url, byte[] sealedSecret, Instant now) {
        this.id = Ids.next();
        this.tenantId = tenantId;
        this.secret = sealedSecret;
        this.createdAt = now;
        change(request, url, now);
    }

    final void change(WebhookEndpointRequest request, WebhookUrl newUrl, Instant now) {
        this.url = newUrl.text();
        this.description = request.description();
        this.eventTypes = request.eventTypes() == null ? "" : String.join(",", request.eventTypes());
        this.enabled = request.enabled() == null || request.enabled();
        this.disabledReason = enabled ? null : "switched off";
        this.updatedAt = now;
    }

    /** @return the secret that was promised to sign on, and has now more than one after it; empty when there is none */
    Optional<EarlierSecret> rotate(byte[] newSealedSecret, Instant now, Duration overlap) {
        Optional<EarlierSecret> earlier = previousSecret != null && now.isBefore(previousValidUntil)
                ? Optional.of(new EarlierSecret(id, tenantId, previousSecret, previousValidUntil))
                : Optional.empty();
        this.previousSecret = secret;
        this.previousValidUntil = now.plus(overlap);
        this.secret = newSealedSecret;
        this.updatedAt = now;
        return earlier;
    }

    void disable(String reason, Instant now) {
        this.enabled = false;
        this.disabledReason = reason;
        this.updatedAt = now;
    }

    /** No types mean all types. */
    boolean wants(String eventType) {
        return enabled && (eventTypes.isEmpty() || eventTypes().contains(eventType));
    }

    /** The secrets that sign now, newest first, as they are stored. */
    List<byte[]> secretsAt(Instant now) {
        return previousSecret != null && now.isBefore(previousValidUntil)
                ? List.of(secret, previousSecret)
                : List.of(secret);
    }

    private List<String> eventTypes() {
        return eventTypes.isEmpty() ? List.of() : List.of(eventTypes.split(","));
    }

    UUID id() {
        return id;
    }

    UUID tenantId() {
        return tenantId;
    }

    String url() {
        return url;
    }

    boolean isEnabled() {
        return enabled;
    }

    String disabledReason() {
        return disabledReason;
    }

    /** @param sealedSecret only when it was just made; else null */
    WebhookEndpointView view(String sealedSecret) {
        return new WebhookEndpointView(
                id,
                tenantId,
                url,
                description,
                eventTypes(),
                enabled,
                disabledReason,
                sealedSecret,
                previousValidUntil,
                createdAt,
                updatedAt);
    }
}

package io.countinghouse.notification.webhook;

import io.countinghouse.defaults.time.Ids;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** A secret that was followed by more than one other within its overlap: it was promised to sign until then. */
@Entity
@Immutable
@Table(name = "webhook_earlier_secret")
class EarlierSecret {

    @Id
    private UUID id;

    private UUID endpointId;
    private UUID tenantId;
    private byte[] secret;
    private Instant validUntil;

    protected EarlierSecret() {}

    EarlierSecret(UUID endpointId, UUID tenantId, byte[] sealedSecret, Instant validUntil) {
        this.id = Ids.next();
        this.endpointId = endpointId;
        this.tenantId = tenantId;
        this.secret = sealedSecret;
        this.validUntil = validUntil;
    }

    byte[] secret() {
        return secret;
    }
}

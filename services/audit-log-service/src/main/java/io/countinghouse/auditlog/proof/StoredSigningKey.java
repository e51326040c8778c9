package io.countinghouse.auditlog.proof;

import io.countinghouse.defaults.time.Ids;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** A key that signs, or once signed, this log. */
@Entity
@Immutable
@Table(name = "audit_signing_key")
class StoredSigningKey {

    @Id
    private UUID id;

    private byte[] publicKey;
    private byte[] encryptedSeed;
    private Instant createdAt;

    protected StoredSigningKey() {}

    /** @param encryptedSeed null for a key that comes by configuration */
    StoredSigningKey(byte[] publicKey, byte[] encryptedSeed, Instant createdAt) {
        this.id = Ids.next();
        this.publicKey = publicKey;
        this.encryptedSeed = encryptedSeed;
        this.createdAt = createdAt;
    }

    byte[] publicKey() {
        return publicKey;
    }

    byte[] encryptedSeed() {
        return encryptedSeed;
    }

    Instant createdAt() {
        return createdAt;
    }
}

package io.countinghouse.auth.key;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

@Entity
@Table(name = "signing_key")
class SigningKey {

    enum State {
        NEXT,
        ACTIVE,
        RETIRED
    }

    @Id
    private UUID id;

    @Column(columnDefinition = "text")
    private String kid;

    @Enumerated(EnumType.STRING)
    @Column(columnDefinition = "text")
    private State state;

    @Column(name = "public_key")
    private byte[] publicKey;

    @Column(name = "private_key")
    private byte[] privateKey;

    @Column(name = "transit_version")
    private Integer transitVersion;

    @Column(name = "published_at")
    private Instant publishedAt;

    @Column(name = "activated_at")
    private Instant activatedAt;

    @Column(name = "retired_at")
    private Instant retiredAt;

    protected SigningKey() {}

    static SigningKey inDatabase(Instant now, UUID id, String kid, byte[] publicKey, byte[] encryptedPrivateKey) {
        SigningKey key = published(now, id, kid, publicKey);
        key.privateKey = encryptedPrivateKey;
        return key;
    }

    /** @param version of the key in Vault's transit engine */
    static SigningKey inTransit(Instant now, UUID id, String kid, byte[] publicKey, int version) {
        SigningKey key = published(now, id, kid, publicKey);
        key.transitVersion = version;
        return key;
    }

    private static SigningKey published(Instant now, UUID id, String kid, byte[] publicKey) {
        SigningKey key = new SigningKey();
        key.id = id;
        key.kid = kid;
        key.state = State.NEXT;
        key.publicKey = publicKey;
        key.publishedAt = now;
        return key;
    }

    void activate(Instant now) {
        if (state != State.NEXT) {
            throw new IllegalStateException("key %s is %s: only a NEXT key can become active".formatted(kid, state));
        }
        state = State.ACTIVE;
        activatedAt = now;
    }

    void retire(Instant now) {
        if (state != State.ACTIVE) {
            throw new IllegalStateException("key %s is %s: only the ACTIVE key can retire".formatted(kid, state));
        }
        state = State.RETIRED;
        retiredAt = now;
    }

    String kid() {
        return kid;
    }

    State state() {
        return state;
    }

    boolean is(State other) {
        return state == other;
    }

    byte[] publicKey() {
        return publicKey;
    }

    /** Encrypted; of a key that this database holds. */
    Optional<byte[]> privateKey() {
        return Optional.ofNullable(privateKey);
    }

    /** Of a key that Vault holds. */
    Optional<Integer> transitVersion() {
        return Optional.ofNullable(transitVersion);
    }

    Instant publishedAt() {
        return publishedAt;
    }

    Instant activatedAt() {
        return activatedAt;
    }

    Instant retiredAt() {
        return retiredAt;
    }
}

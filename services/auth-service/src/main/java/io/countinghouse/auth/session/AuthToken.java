package io.countinghouse.auth.session;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** A refresh token: its hash, its place in the family, and when it was exchanged. */
@Entity
@Table(name = "auth_token")
class AuthToken {

    @Id
    private UUID id;

    @Column(name = "session_id")
    private UUID sessionId;

    @Column(name = "tenant_id")
    private UUID tenantId;

    @Column(name = "parent_id")
    private UUID parentId;

    @Column(name = "token_hash")
    private byte[] tokenHash;

    @Column(name = "issued_at")
    private Instant issuedAt;

    @Column(name = "expires_at")
    private Instant expiresAt;

    @Column(name = "consumed_at")
    private Instant consumedAt;

    protected AuthToken() {}

    static AuthToken first(LoginSession session, UUID id, byte[] hash, Instant now, Instant expiresAt) {
        AuthToken stored = new AuthToken();
        stored.id = id;
        stored.sessionId = session.id();
        stored.tenantId = session.tenantId();
        stored.tokenHash = hash;
        stored.issuedAt = now;
        stored.expiresAt = expiresAt;
        return stored;
    }

    static AuthToken childOf(AuthToken parent, UUID id, byte[] hash, Instant now, Instant expiresAt) {
        AuthToken stored = new AuthToken();
        stored.id = id;
        stored.sessionId = parent.sessionId;
        stored.tenantId = parent.tenantId;
        stored.parentId = parent.id;
        stored.tokenHash = hash;
        stored.issuedAt = now;
        stored.expiresAt = expiresAt;
        return stored;
    }

    boolean isExpiredAt(Instant now) {
        return !now.isBefore(expiresAt);
    }

    /** Whether the exchange is so recent that the same child may be given again. */
    boolean isWithinGrace(Instant now, Duration grace) {
        return consumedAt != null && !now.isAfter(consumedAt.plus(grace));
    }

    UUID sessionId() {
        return sessionId;
    }
}

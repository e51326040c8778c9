package io.countinghouse.auth.session;

import io.countinghouse.auth.user.Credentials;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

@Entity
@Table(name = "login_session")
class LoginSession {

    private static final int USER_AGENT_LENGTH = 300;

    @Id
    private UUID id;

    @Column(name = "user_id")
    private UUID userId;

    @Column(name = "tenant_id")
    private UUID tenantId;

    @Column(name = "client_address", columnDefinition = "text")
    private String clientAddress;

    @Column(name = "user_agent", columnDefinition = "text")
    private String userAgent;

    @Column(name = "started_at")
    private Instant startedAt;

    @Column(name = "last_used_at")
    private Instant lastUsedAt;

    @Column(name = "expires_at")
    private Instant expiresAt;

    @Column(name = "ended_at")
    private Instant endedAt;

    @Column(name = "end_reason", columnDefinition = "text")
    private String endReason;

    protected LoginSession() {}

    static LoginSession startedAt(Instant now, UUID id, Credentials user, Client client, Instant expiresAt) {
        LoginSession session = new LoginSession();
        session.id = id;
        session.userId = user.userId();
        session.tenantId = user.tenantId();
        session.clientAddress = client.address();
        session.userAgent = abbreviate(client.userAgent());
        session.startedAt = now;
        session.lastUsedAt = now;
        session.expiresAt = expiresAt;
        return session;
    }

    /** What is shown to the user, so that a session can be recognised; {@code userAgent} may be null. */
    record Client(String address, String userAgent) {}

    boolean isLiveAt(Instant now) {
        return endedAt == null && now.isBefore(expiresAt);
    }

    void usedAt(Instant now) {
        lastUsedAt = now;
    }

    void endAt(Instant now, EndReason reason) {
        if (endedAt == null) {
            endedAt = now;
            endReason = reason.stored();
        }
    }

    private static String abbreviate(String userAgent) {
        return userAgent == null || userAgent.length() <= USER_AGENT_LENGTH
                ? userAgent
                : userAgent.substring(0, USER_AGENT_LENGTH);
    }

    UUID id() {
        return id;
    }

    UUID userId() {
        return userId;
    }

    UUID tenantId() {
        return tenantId;
    }

    String clientAddress() {
        return clientAddress;
    }

    String userAgent() {
        return userAgent;
    }

    Instant startedAt() {
        return startedAt;
    }

    Instant lastUsedAt() {
        return lastUsedAt;
    }

    Instant expiresAt() {
        return expiresAt;
    }
}

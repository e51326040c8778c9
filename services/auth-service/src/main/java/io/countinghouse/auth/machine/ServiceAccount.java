package io.countinghouse.auth.machine;

import io.countinghouse.auth.secret.OpaqueToken;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

@Entity
@Table(name = "service_account")
class ServiceAccount {

    @Id
    private UUID id;

    @Column(name = "tenant_id")
    private UUID tenantId;

    @Column(name = "client_id", columnDefinition = "text")
    private String clientId;

    @Column(columnDefinition = "text")
    private String name;

    @Column(columnDefinition = "text")
    private String scope;

    @Column(name = "secret_hash")
    private byte[] secretHash;

    @Column(name = "created_at")
    private Instant createdAt;

    /** An account that the operator made for a tenant is not the tenant's to revoke. */
    @Column(name = "made_by_operator")
    private boolean madeByOperator;

    /** The user, or the operator's machine, that made the account; unknown for the seven services and older accounts. */
    @Column(name = "created_by")
    private String createdBy;

    /** To the hour: a machine asks for a token every few minutes, and nobody needs to know more. */
    @Column(name = "last_used_at")
    private Instant lastUsedAt;

    @Column(name = "expires_at")
    private Instant expiresAt;

    @Column(name = "revoked_at")
    private Instant revokedAt;

    protected ServiceAccount() {}

    static ServiceAccount named(
            String name,
            UUID tenantOrNull,
            Maker maker,
            UUID id,
            Set<String> scopes,
            byte[] secretHash,
            Instant expiresAtOrNull,
            Instant now) {
        ServiceAccount account = new ServiceAccount();
        account.id = id;
        account.tenantId = tenantOrNull;
        account.madeByOperator = maker.isOperator();
        account.createdBy = maker.subject();
        account.expiresAt = expiresAtOrNull;
        account.clientId = id.toString();
        account.name = name;
        account.scope = Scopes.join(scopes);
        account.secretHash = secretHash;
        account.createdAt = now;
        return account;
    }

    record Maker(String subject, boolean isOperator) {}

    boolean accepts(String secret, Instant now) {
        return revokedAt == null
                && (expiresAt == null || now.isBefore(expiresAt))
                && MessageDigest.isEqual(secretHash, OpaqueToken.sha256(secret));
    }

    void revoke(Instant now) {
        revokedAt = now;
    }

    /** How long a token that is issued now may live: no longer than the account. */
    Optional<Duration> remainingAt(Instant now) {
        return Optional.ofNullable(expiresAt).map(end -> Duration.between(now, end));
    }

    boolean isMadeByOperator() {
        return madeByOperator;
    }

    UUID id() {
        return id;
    }

    UUID tenantId() {
        return tenantId;
    }

    String clientId() {
        return clientId;
    }

    String name() {
        return name;
    }

    Set<String> scopes() {
        return Scopes.split(scope);
    }

    String createdBy() {
        return createdBy;
    }

    Instant lastUsedAt() {
        return lastUsedAt;
    }

    Instant expiresAt() {
        return expiresAt;
    }

    Instant createdAt() {
        return createdAt;
    }
}

package io.countinghouse.auth.machine;

import io.countinghouse.auth.secret.OpaqueToken;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.security.MessageDigest;
import java.time.Instant;
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

    @Column(name = "revoked_at")
    private Instant revokedAt;

    protected ServiceAccount() {}

    static ServiceAccount named(
            String name,
            UUID tenantOrNull,
            boolean byOperator,
            UUID id,
            Set<String> scopes,
            byte[] secretHash,
            Instant now) {
        ServiceAccount account = new ServiceAccount();
        account.id = id;
        account.tenantId = tenantOrNull;
        account.madeByOperator = byOperator;
        account.clientId = id.toString();
        account.name = name;
        account.scope = Scopes.join(scopes);
        account.secretHash = secretHash;
        account.createdAt = now;
        return account;
    }

    boolean accepts(String secret) {
        return revokedAt == null && MessageDigest.isEqual(secretHash, OpaqueToken.sha256(secret));
    }

    void revoke(Instant now) {
        revokedAt = now;
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

    Instant createdAt() {
        return createdAt;
    }
}

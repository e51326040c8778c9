package io.countinghouse.auditlog.entry;

import io.countinghouse.auditlog.tree.MerkleTree;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Immutable;

/** One entry of the log at its place in the tree. */
@Entity
@Immutable
@Table(name = "audit_logs")
public class AuditLog {

    @Id
    private UUID id;

    private long leafIndex;
    private UUID tenantId;
    private String service;
    private String actorType;
    private String actorId;
    private String action;
    private String resourceType;
    private String resourceId;
    private String outcome;
    private Instant occurredAt;
    private Instant recordedAt;
    private byte[] canonical;
    private byte[] leafHash;

    protected AuditLog() {}

    AuditLog(NewEntry entry, long leafIndex) {
        this.id = entry.id();
        this.leafIndex = leafIndex;
        this.tenantId = entry.tenantId();
        this.service = entry.service();
        this.actorType = entry.actorType();
        this.actorId = entry.actorId();
        this.action = entry.action();
        this.resourceType = entry.resourceType();
        this.resourceId = entry.resourceId();
        this.outcome = entry.outcome();
        this.occurredAt = entry.occurredAt();
        this.recordedAt = entry.recordedAt();
        this.canonical = entry.canonical();
        this.leafHash = MerkleTree.leafHash(canonical);
    }

    public UUID id() {
        return id;
    }

    UUID tenantId() {
        return tenantId;
    }

    public long leafIndex() {
        return leafIndex;
    }

    public byte[] canonical() {
        return canonical;
    }

    public byte[] leafHash() {
        return leafHash;
    }
}

package io.countinghouse.auditlog.tree;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import org.hibernate.annotations.Immutable;

/** The stored hash of one complete subtree. */
@Entity
@Immutable
@Table(name = "audit_node")
@IdClass(AuditNode.Position.class)
class AuditNode {

    @Id
    @Column(name = "level")
    private int level;

    @Id
    @Column(name = "index")
    private long index;

    @Column(name = "hash")
    private byte[] hash;

    protected AuditNode() {}

    AuditNode(Subtree subtree, byte[] hash) {
        this.level = subtree.level();
        this.index = subtree.index();
        this.hash = hash;
    }

    Subtree subtree() {
        return new Subtree(level, index);
    }

    byte[] hash() {
        return hash;
    }

    /** What tells nodes apart. */
    record Position(int level, long index) implements Serializable {}
}

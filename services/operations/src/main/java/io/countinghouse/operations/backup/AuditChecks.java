package io.countinghouse.operations.backup;

import io.countinghouse.operations.ServiceName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** That the audit log is the one whose head the backup noted, and every entry what was hashed. */
final class AuditChecks {

    private final Server server;
    private final Manifest manifest;

    AuditChecks(Server server, Manifest manifest) {
        this.server = server;
        this.manifest = manifest;
    }

    List<Check> all() {
        return List.of(new Check("audit tree", this::tree), new Check("audit columns", this::columns));
    }

    private String tree() throws SQLException {
        long noted = manifest.before().auditSize();
        Merkle.Head[] heads = Merkle.recompute(server, noted);
        Merkle.Head now = heads[0];
        if (now.size() < noted) {
            throw new ViolationException(
                    "the audit log has " + now.size() + " entries, the backup noted " + noted + " before it began");
        }
        if (!Sha256.hex(heads[1].root()).equals(manifest.before().auditRoot())) {
            throw new ViolationException("the first " + noted + " audit entries have the root "
                    + Sha256.hex(heads[1].root()) + ", the backup noted "
                    + manifest.before().auditRoot());
        }
        try (Connection connection = server.reading(ServiceName.AUDIT_LOG)) {
            Merkle.Head stored = Merkle.stored(connection);
            if (stored.size() != now.size() || !Arrays.equals(stored.root(), now.root())) {
                throw new ViolationException("the stored head of the audit tree is not the recomputed one");
            }
        }
        return String.format(
                Locale.ROOT,
                "%,d entries rehashed, root %s…; its first %,d have the noted root",
                now.size(),
                Sha256.hex(now.root()).substring(0, 16),
                noted);
    }

    /** The tree covers the canonical bytes; queries read the columns. */
    private String columns() throws SQLException {
        try (Connection connection = server.reading(ServiceName.AUDIT_LOG)) {
            Sql.none(connection, """
                    select 'audit entry ' || leaf_index || ' says otherwise in its columns than in what was hashed'
                    from audit_logs, lateral (select convert_from(canonical, 'UTF8')::jsonb as said) c
                    where (said ->> 'id', said ->> 'tenant_id', said ->> 'service', said ->> 'actor_type',
                           said ->> 'actor_id', said ->> 'action', said ->> 'resource_type', said ->> 'resource_id',
                           said ->> 'outcome')
                        is distinct from
                          (id::text, tenant_id::text, service, actor_type, actor_id, action, resource_type, resource_id,
                           outcome)
                    order by leaf_index
                    """);
            return String.format(
                    Locale.ROOT,
                    "%,d entries repeat what was hashed",
                    Sql.number(connection, "select count(*) from audit_logs"));
        }
    }
}

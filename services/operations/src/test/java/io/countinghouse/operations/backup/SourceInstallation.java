package io.countinghouse.operations.backup;

import io.countinghouse.operations.ServiceName;
import io.countinghouse.operations.database.Databases;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;

/** The seven databases as the services migrate them, with a tenant's bill in them, and somebody who goes on writing. */
final class SourceInstallation implements AutoCloseable {

    static final int AUDIT_ENTRIES = 11;

    private static final String KEY_ENCRYPTION = "a secret of the test, at least 32 characters long";

    private final DataFolder data;
    private final EmbeddedPostgres postgres;
    private final AtomicBoolean writing = new AtomicBoolean(true);
    private final AtomicInteger written = new AtomicInteger();
    private Thread writer;
    private volatile SQLException failure;

    SourceInstallation(Path folder) throws IOException, SQLException, GeneralSecurityException {
        data = new DataFolder(folder);
        Files.createDirectories(folder);
        Files.writeString(data.secrets(), "auth.key-encryption=" + KEY_ENCRYPTION + "\n");
        postgres = EmbeddedPostgres.builder()
                .setDataDirectory(data.database())
                .setCleanDataDirectory(false)
                .start();
        try (Connection administrator = server().connect("postgres")) {
            new Databases(administrator).prepare(role -> Optional.of("password of " + role));
        }
        for (ServiceName service : ServiceName.values()) {
            Flyway.configure()
                    .dataSource(postgres.getDatabase("postgres", service.database()))
                    .locations(migrations("service-defaults"), migrations(service.id()))
                    .load()
                    .migrate();
            fill(service);
        }
        fillKeys();
        fillAuditLog();
    }

    private static String migrations(String module) {
        return "filesystem:../" + module + "/src/main/resources/db/migration";
    }

    DataFolder data() {
        return data;
    }

    Server server() {
        return new Server(postgres.getPort(), "");
    }

    private void fill(ServiceName service) throws IOException, SQLException {
        try (InputStream sql = getClass().getResourceAsStream("/backup/" + service.database() + ".sql")) {
            if (sql != null) {
                try (Connection connection = server().connect(service);
                        Statement statement = connection.createStatement()) {
                    statement.execute(new String(sql.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
    }

    private void fillKeys() throws SQLException, GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        byte[] nonce = new byte[12];
        var cipher = SecretChecks.cipher(javax.crypto.Cipher.ENCRYPT_MODE, KEY_ENCRYPTION, nonce);
        cipher.updateAAD("signing key one".getBytes(StandardCharsets.UTF_8));
        byte[] sealed = cipher.doFinal(pair.getPrivate().getEncoded());
        byte[] stored = java.util.Arrays.copyOf(nonce, nonce.length + sealed.length);
        System.arraycopy(sealed, 0, stored, nonce.length, sealed.length);
        try (Connection auth = server().connect(ServiceName.AUTH);
                PreparedStatement insert = auth.prepareStatement(
                        "insert into signing_key (id, kid, state, public_key, private_key, published_at, activated_at)"
                                + " values (gen_random_uuid(), 'one', 'ACTIVE', ?, ?, now(), now())")) {
            insert.setBytes(1, pair.getPublic().getEncoded());
            insert.setBytes(2, stored);
            insert.execute();
        }
    }

    /** As audit-log-service appends, so that the tree's stored hashes are there. */
    private void fillAuditLog() throws SQLException {
        try (Connection log = server().connect(ServiceName.AUDIT_LOG);
                PreparedStatement entry = log.prepareStatement("""
                        insert into audit_logs (id, leaf_index, service, actor_type, action, resource_type, outcome,
                                                occurred_at, recorded_at, canonical, leaf_hash)
                        values (?, ?, 'billing-service', 'system', 'period.closed', 'billing_period', 'success', now(),
                                now(), ?, ?)
                        """);
                PreparedStatement node = log.prepareStatement("insert into audit_node values (?, ?, ?)")) {
            byte[][] peaks = new byte[8][];
            for (int index = 0; index < AUDIT_ENTRIES; index++) {
                UUID id = UUID.randomUUID();
                byte[] canonical = """
                        {"action":"period.closed","actor_type":"system","id":"%s","occurred_at":"t","outcome":"success",\
                        "recorded_at":"t","resource_type":"billing_period","service":"billing-service"}""".formatted(id).getBytes(StandardCharsets.UTF_8);
                byte[] hash = Merkle.leafHash(canonical);
                entry.setObject(1, id);
                entry.setLong(2, index);
                entry.setBytes(3, canonical);
                entry.setBytes(4, hash);
                entry.execute();
                int level = 0;
                add(node, level, index, hash);
                for (; (index >> level & 1) == 1; level++) {
                    hash = Merkle.nodeHash(peaks[level], hash);
                    add(node, level + 1, index >> level + 1, hash);
                }
                peaks[level] = hash;
            }
        }
    }

    private static void add(PreparedStatement node, int level, long index, byte[] hash) throws SQLException {
        node.setInt(1, level);
        node.setLong(2, index);
        node.setBytes(3, hash);
        node.execute();
    }

    /** Starts to send events from one database to another, each in three transactions, as the services do. */
    void write() throws InterruptedException {
        writer = Thread.ofPlatform().start(() -> {
            try (Connection sender = server().connect(ServiceName.AI_MODELING);
                    Connection receiver = server().connect(ServiceName.USAGE)) {
                while (writing.get()) {
                    send(sender, receiver);
                    written.incrementAndGet();
                }
            } catch (SQLException e) {
                failure = e;
            }
        });
        awaitMore();
    }

    private static void send(Connection sender, Connection receiver) throws SQLException {
        UUID event = UUID.randomUUID();
        try (PreparedStatement outbox = sender.prepareStatement("insert into outbox_event (id, event_id, destination,"
                        + " type, occurred_at, data, next_attempt_at) values (gen_random_uuid(), ?, 'usage-service',"
                        + " 'ai.generation.completed.v1', now(), '{}', now())");
                PreparedStatement inbox = receiver.prepareStatement("insert into inbox_event (source, event_id, type)"
                        + " values ('ai-modeling-service', ?, 'ai.generation.completed.v1')");
                PreparedStatement used = receiver.prepareStatement("insert into usage_event (id, tenant_id, source,"
                        + " event_id, type, time, received_at) values (gen_random_uuid(), gen_random_uuid(), 'ai', ?,"
                        + " 'tokens', now(), now())");
                PreparedStatement delivered = sender.prepareStatement(
                        "update outbox_event set state = 'delivered', delivered_at = now() where event_id = ?")) {
            outbox.setObject(1, event);
            outbox.execute();
            receiver.setAutoCommit(false);
            inbox.setString(1, event.toString());
            inbox.execute();
            used.setString(1, event.toString());
            used.execute();
            receiver.commit();
            delivered.setObject(1, event);
            delivered.execute();
        }
    }

    void awaitMore() throws InterruptedException {
        int now = written.get();
        while (written.get() == now && failure == null) {
            Thread.sleep(5);
        }
    }

    /** @return how many events were sent */
    int stopWriting() throws InterruptedException, SQLException {
        writing.set(false);
        writer.join();
        if (failure != null) {
            throw failure;
        }
        return written.get();
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}

package io.countinghouse.operations.backup;

import io.countinghouse.operations.OperationException;
import io.countinghouse.operations.ServiceName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes a backup while everything works. One session begins and ends it; a temporary replication slot of that session
 * keeps the write-ahead log until its segments are copied, however many checkpoints pass meanwhile. What is not complete
 * is removed, so a folder of the backup's name is a whole one.
 */
final class BaseBackup {

    private static final Pattern FIRST_SEGMENT = Pattern.compile("\\(file ([0-9A-F]{24})\\)");

    /** Tables from which nothing is ever deleted: no more and no less may be restored than was there. */
    static final Map<ServiceName, List<String>> GROWING = Map.of(
            ServiceName.USAGE, List.of("usage_event", "audit_events"),
            ServiceName.BILLING, List.of("billing_event", "billing_period"),
            ServiceName.INVOICE, List.of("payment", "credit_note", "inbox_event"),
            ServiceName.AUDIT_LOG, List.of("audit_logs"));

    private final DataFolder data;
    private final boolean withSecrets;
    private final Server server;
    private final Terminal terminal;

    /** @param withSecrets whether the secrets are in the data folder, and belong into the backup */
    BaseBackup(DataFolder data, boolean withSecrets, Terminal terminal) {
        this.data = data;
        this.withSecrets = withSecrets;
        this.server = data.server();
        this.terminal = terminal;
    }

    Manifest take(Path target) throws IOException, SQLException {
        if (Files.exists(target)) {
            throw new OperationException(target + " exists already; a backup is never written over");
        }
        if (withSecrets && !data.hasSecrets()) {
            throw new OperationException(data.path() + " has no " + DataFolder.SECRETS
                    + ": without the keys in it a copy of the databases could not be read; --without-secrets when they"
                    + " are kept elsewhere");
        }
        Path partial = target.resolveSibling(target.getFileName() + ".partial");
        PrivateFiles.delete(partial);
        PrivateFiles.createFolders(partial);
        try (Connection session = server.connect("postgres")) {
            Manifest manifest = take(session, partial);
            manifest.write(partial);
            PrivateFiles.sync(partial);
            move(partial, target);
            return manifest;
        } catch (IOException | SQLException | RuntimeException e) {
            PrivateFiles.delete(partial);
            throw e;
        }
    }

    private Manifest take(Connection session, Path partial) throws IOException, SQLException {
        refuseAnotherFolder(session);
        ClusterFiles files = new ClusterFiles(data.database(), partial, terminal);
        Manifest.Progress before = progress(server);
        Map<String, List<String>> migrations = migrations(server);
        try (Statement statement = session.createStatement()) {
            statement.execute("select pg_create_physical_replication_slot('countinghouse_backup_' || pg_backend_pid(),"
                    + " immediately_reserve => true, temporary => true)");
            String startedAt = now(session);
            terminal.line("checkpoint, then the copy; the stack goes on working");
            String start = Sql.text(session, "select pg_backup_start(label => 'countinghouse', fast => true)::text");
            files.copy();
            String stop;
            String label;
            // Archiving is none of the local stack's: the segments are copied below.
            try (ResultSet end = statement.executeQuery(
                    "select lsn::text, labelfile, spcmapfile from pg_backup_stop(wait_for_archive => false)")) {
                end.next();
                stop = end.getString(1);
                label = end.getString(2);
                if (!end.getString(3).isEmpty()) {
                    throw new OperationException("this server has tablespaces, which are not part of this backup");
                }
            }
            String consistentAt = now(session);
            long segmentSize =
                    Sql.number(session, "select setting::bigint from pg_settings where name = 'wal_segment_size'");
            List<String> segments = segments(firstSegment(label), walFile(session, stop), segmentSize);
            files.copySegments(segments, segmentSize);
            files.write("backup_label", label.getBytes(StandardCharsets.UTF_8));
            if (!migrations.equals(migrations(server))) {
                throw new OperationException("a service was migrated meanwhile; take the backup again");
            }
            List<StoredFile> all = new ArrayList<>(files.files());
            if (withSecrets) {
                try (InputStream secrets = Files.newInputStream(data.secrets())) {
                    all.add(PrivateFiles.write(secrets, partial.resolve(DataFolder.SECRETS), DataFolder.SECRETS));
                }
            }
            return new Manifest(
                    Manifest.FORMAT,
                    withSecrets
                            ? "personal data, password hashes and the secrets of the installation, not encrypted"
                            : "personal data and password hashes, not encrypted; not the secrets of the installation",
                    startedAt,
                    consistentAt,
                    Sql.text(session, "show server_version"),
                    Sql.text(session, "select system_identifier::text from pg_control_system()"),
                    start,
                    stop,
                    segments.getFirst(),
                    segments.getLast(),
                    migrations,
                    before,
                    progress(server),
                    all.stream().mapToLong(StoredFile::size).sum(),
                    files.folders(),
                    all);
        }
    }

    private void refuseAnotherFolder(Connection session) throws IOException, SQLException {
        Path serves = Path.of(Sql.text(session, "show data_directory"));
        if (!Files.exists(serves) || !Files.isSameFile(serves, data.database())) {
            throw new OperationException(
                    "the server on port " + server.port() + " works on " + serves + ", not on " + data.database());
        }
    }

    /** The applied migrations of all databases, as {@code version script checksum}. */
    static Map<String, List<String>> migrations(Server server) throws SQLException {
        Map<String, List<String>> migrations = new LinkedHashMap<>();
        for (ServiceName service : ServiceName.values()) {
            try (Connection connection = server.connect(service)) {
                migrations.put(
                        service.database(),
                        Sql.texts(
                                connection,
                                "select concat_ws(' ', version, script, checksum, success) from flyway_schema_history"
                                        + " order by installed_rank"));
            }
        }
        return migrations;
    }

    static Manifest.Progress progress(Server server) throws SQLException {
        Map<String, Long> rows = new LinkedHashMap<>();
        for (ServiceName service : ServiceName.values()) {
            try (Connection connection = server.connect(service)) {
                for (String table : GROWING.getOrDefault(service, List.of())) {
                    rows.put(service.database() + "." + table, Sql.number(connection, "select count(*) from " + table));
                }
            }
        }
        try (Connection connection = server.reading(ServiceName.AUDIT_LOG)) {
            Merkle.Head head = Merkle.stored(connection);
            return new Manifest.Progress(rows, head.size(), Sha256.hex(head.root()));
        }
    }

    private static String now(Connection session) throws SQLException {
        return Sql.text(
                session, "select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')");
    }

    private static String walFile(Connection session, String lsn) throws SQLException {
        try (PreparedStatement select = session.prepareStatement("select pg_walfile_name(?::pg_lsn)")) {
            select.setString(1, lsn);
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }

    private static String firstSegment(String label) {
        Matcher matcher = FIRST_SEGMENT.matcher(label);
        if (!matcher.find()) {
            throw new OperationException("the backup label names no segment: " + label);
        }
        return matcher.group(1);
    }

    /** Names of segments are timeline, high and low part of the number, eight hexadecimal digits each. */
    static List<String> segments(String first, String last, long segmentSize) {
        String timeline = first.substring(0, 8);
        if (!last.startsWith(timeline)) {
            throw new OperationException("the server changed its timeline from " + first + " to " + last);
        }
        long perHigh = 0x1_0000_0000L / segmentSize;
        List<String> names = new ArrayList<>();
        for (long number = number(first, perHigh); number <= number(last, perHigh); number++) {
            names.add(timeline + String.format(Locale.ROOT, "%08X%08X", number / perHigh, number % perHigh));
        }
        return names;
    }

    private static long number(String segment, long perHigh) {
        return Long.parseLong(segment.substring(8, 16), 16) * perHigh + Long.parseLong(segment.substring(16), 16);
    }

    private static void move(Path partial, Path target) throws IOException {
        try {
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw new OperationException("cannot rename " + partial + " to " + target, e);
        }
    }
}

package io.countinghouse.operations.readiness;

import io.countinghouse.operations.OperationException;
import io.countinghouse.operations.ServiceName;
import io.countinghouse.operations.database.DatabaseNames;
import io.countinghouse.operations.secret.Account;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/** What {@code scripts/up} runs on this machine: processes, one data folder, backups beside it. */
final class LocalSite implements Site {

    private static final String OPERATOR = "operator@countinghouse.local";
    private static final int POSTGRES = 8432;

    /** Found with auth-service's, which holds the accounts of people. */
    private static final Set<String> OF_NO_SERVICE = Set.of("operator.password", "demo.password", "database.postgres");

    /** The newest part of a log that has grown for months. */
    private static final long LONGEST_LOG = 64L << 20;

    private final Path data;
    private final Path backups;
    private final int offset;
    private final String origin;
    private final Properties secrets = new Properties();

    /** @param origin reaches everything by the one origin; null reaches each service at its own ports */
    LocalSite(Path data, Path backups, int offset, String origin) {
        this.data = data;
        this.backups = backups;
        this.offset = offset;
        this.origin = origin;
        Path file = secretsFile();
        try (var in = Files.newBufferedReader(file)) {
            secrets.load(in);
        } catch (IOException e) {
            throw new OperationException(
                    data + " is no data folder of scripts/up: " + file + " cannot be read; --data names another", e);
        }
    }

    @Override
    public String description() {
        return data + (origin == null ? ", ports from " + ServiceName.AUTH.port() + " + " + offset : ", " + origin);
    }

    @Override
    public List<Process> processes(ServiceName service) {
        if (origin != null) {
            String url = origin + "/services/" + service.id();
            return List.of(new Process(url, url));
        }
        int port = service.port() + offset;
        return List.of(new Process("http://localhost:" + port, "http://localhost:" + (port + ServiceName.MANAGEMENT)));
    }

    @Override
    public Optional<SSLContext> trust() {
        return Optional.empty();
    }

    @Override
    public Account operator() {
        return new Account(OPERATOR, secrets.getProperty("operator.password", ""));
    }

    @Override
    public DatabaseNames databaseNames(ServiceName service) {
        return DatabaseNames.PLAIN;
    }

    @Override
    public Connection database(ServiceName service) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://localhost:" + (POSTGRES + offset) + "/" + service.database(),
                service.ownerRole(),
                secrets.getProperty("database." + service.ownerRole(), ""));
    }

    @Override
    public List<String> log(ServiceName service) throws IOException {
        Path file = data.resolve("logs").resolve(service.id() + ".log");
        try (var channel = Files.newByteChannel(file)) {
            long from = Math.max(0, channel.size() - LONGEST_LOG);
            channel.position(from);
            String text = new String(
                    java.nio.channels.Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
            List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
            return from == 0 ? lines : lines.subList(1, lines.size());
        }
    }

    @Override
    public Map<String, String> secrets(ServiceName service) {
        Map<String, String> values = new LinkedHashMap<>();
        names(service).forEach(name -> values.put(name, secrets.getProperty(name)));
        return values;
    }

    /** Those that LocalStack gives to the service: its two roles', its own as a client, and those named for it. */
    private List<String> names(ServiceName service) {
        Set<String> shared = Set.of(
                "service." + service.id(), "database." + service.applicationRole(), "database." + service.ownerRole());
        return secrets.stringPropertyNames().stream()
                .filter(name -> shared.contains(name)
                        || name.startsWith(Metrics.prefix(service) + ".")
                        || service == ServiceName.AUTH && OF_NO_SERVICE.contains(name))
                .sorted()
                .toList();
    }

    /** A value is as old as the file at the most when it was written last. */
    @Override
    public List<SecretOrigin> secretOrigins(ServiceName service) {
        Optional<Instant> since;
        try {
            since = Optional.of(Files.getLastModifiedTime(secretsFile()).toInstant());
        } catch (IOException e) {
            since = Optional.empty();
        }
        Optional<Instant> written = since;
        return names(service).stream()
                .map(name -> new SecretOrigin(name, secretsFile().getFileName().toString(), written))
                .toList();
    }

    @Override
    public List<String> unprotectedSecrets(ServiceName service) throws IOException {
        Set<PosixFilePermission> others = Files.getPosixFilePermissions(secretsFile());
        others.removeAll(Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
        return others.isEmpty()
                ? List.of()
                : List.of(
                        secretsFile().getFileName() + " is open to others than its owner: chmod 600 " + secretsFile());
    }

    /** Command lines, which everybody on the machine reads; environments are for the owner of the process only. */
    @Override
    public List<Readable> readable(ServiceName service) throws IOException {
        List<Readable> texts = new ArrayList<>();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path process : processes
                    .filter(path -> path.getFileName().toString().matches("\\d+"))
                    .toList()) {
                try {
                    String line = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                            .replace('\0', ' ');
                    texts.add(new Readable(
                            "the command line of process " + process.getFileName(), line, isOwn(process, line)));
                } catch (IOException e) {
                    // It ended while it was being read.
                    continue;
                }
            }
        }
        return texts;
    }

    /** Of this installation: its folder is named or worked in, or its PostgreSQL is told to the process by its environment. */
    private boolean isOwn(Path process, String commandLine) {
        return commandLine.contains(data.toString()) || worksInFolder(process) || isToldOfDatabase(process);
    }

    private boolean worksInFolder(Path process) {
        try {
            return Files.readSymbolicLink(process.resolve("cwd")).startsWith(data);
        } catch (IOException e) {
            // It ended, or is another user's.
            return false;
        }
    }

    private boolean isToldOfDatabase(Path process) {
        try {
            String environment = Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
            return List.of(environment.split("\0")).contains("COUNTINGHOUSE_DATABASE_PORT=" + (POSTGRES + offset));
        } catch (IOException e) {
            // It ended, or is another user's.
            return false;
        }
    }

    @Override
    public Optional<Trace> backup() throws IOException {
        return Backups.latest(backups);
    }

    @Override
    public Optional<Trace> restoreDrill() throws IOException {
        return Backups.latestDrill(backups);
    }

    @Override
    public String mending(Line line) {
        return line == Line.BACKUP ? "run scripts/backup --data " + data : Backups.mending(line, backups);
    }

    @Override
    public List<Finding> platform(ServiceName service, Set<Line> lines) {
        return lines.stream()
                .map(line -> Finding.notApplicable(line, service, "processes of one machine have none; see --kube"))
                .toList();
    }

    private Path secretsFile() {
        return data.resolve("secrets.properties");
    }

    @Override
    public void close() {
        // Holds nothing open.
    }
}

package io.countinghouse.stack;

import io.countinghouse.operations.OperationException;
import io.countinghouse.operations.ServiceName;
import io.countinghouse.operations.journey.Api;
import io.countinghouse.operations.journey.Journey;
import io.countinghouse.operations.journey.Login;
import io.countinghouse.operations.journey.UsageFile;
import io.countinghouse.operations.secret.Account;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The system on one page: PostgreSQL with seven databases, then the seven services (each told where the others are,
 * its two database roles, and its secrets), then the mailbox and the origin in front of them.
 */
public final class LocalStack implements AutoCloseable {

    /** Seven JVMs on two busy cores; more than this and something is wrong that waiting does not mend. */
    private static final Duration LONGEST_START = Duration.ofMinutes(4);

    /** Who issues the invoices of someone who tries it out; the bank account is the one that IBAN's standard prints. */
    private static final Map<String, String> SELLER = Map.of(
            "COUNTINGHOUSE_INVOICE_SELLER_NAME", "Countinghouse Demo Ltd",
            "COUNTINGHOUSE_INVOICE_SELLER_ADDRESS_LINE", "1 Ledger Lane",
            "COUNTINGHOUSE_INVOICE_SELLER_POSTAL_CODE", "10115",
            "COUNTINGHOUSE_INVOICE_SELLER_CITY", "Berlin",
            "COUNTINGHOUSE_INVOICE_SELLER_COUNTRY", "DE",
            "COUNTINGHOUSE_INVOICE_SELLER_TAX_ID", "DE123456789",
            "COUNTINGHOUSE_INVOICE_SELLER_EMAIL", "billing@countinghouse.example",
            "COUNTINGHOUSE_INVOICE_SELLER_BANK_ACCOUNT", "DE89370400440532013000");

    private final StackConfig config;
    private final Secrets secrets;
    private final Progress progress;
    private final List<String> options;
    private final Map<ServiceName, ServiceProcess> services = new EnumMap<>(ServiceName.class);
    private final List<ServiceProcess> replicas = new ArrayList<>();
    private FileLock lock;
    private Postgres postgres;
    private Mailbox mailbox;
    private Origin origin;
    private Supervisor supervisor;
    private Trainer trainer;
    private Login operator;

    private LocalStack(StackConfig config, List<String> options, Progress progress) {
        this.config = config;
        this.options = options;
        this.progress = progress;
        this.secrets = Secrets.in(config.data());
    }

    /** Starts everything and returns when it is ready; on failure stops what it had started. */
    public static LocalStack start(StackConfig config, Progress progress) {
        return start(config, List.of(), progress);
    }

    /** @param options of the services' JVMs, in place of those of a local installation */
    public static LocalStack start(StackConfig config, List<String> options, Progress progress) {
        createDirectory(config.data().resolve("logs"));
        LocalStack stack = new LocalStack(config, options, progress);
        Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stop"));
        try {
            stack.lock = lock(config.data());
            Postgres.stopLeftover(config);
            stack.checkPorts();
            stack.startAll();
            return stack;
        } catch (RuntimeException e) {
            stack.close();
            throw e;
        }
    }

    private void startAll() {
        progress.step("PostgreSQL 18 on port " + config.postgresPort());
        postgres = Postgres.start(config, secrets);
        progress.done();
        progress.step("mailbox, SMTP on port " + config.smtpPort());
        mailbox = Mailbox.start("127.0.0.1", config.smtpPort());
        progress.done();
        for (ServiceName name : ServiceName.values()) {
            ServiceProcess service = new ServiceProcess(name, config, environment(name), options);
            services.put(name, service);
            service.start();
        }
        services.values().forEach(this::awaitReady);
        progress.step("origin on port " + config.origin());
        origin = Origin.start(config, mailbox);
        progress.done();
    }

    /**
     * From now on a process that dies is started again; a test that kills one to see it missing asks for no such thing.
     *
     * @param line takes a line about each
     */
    public synchronized void supervise(Consumer<String> line) {
        supervisor = new Supervisor(postgres, List.copyOf(services.values()), line);
    }

    /**
     * Makes what the next start is faster by, where it is missing.
     *
     * @param whenDone runs when something was made, and all of it is there
     * @return whether something is missing
     */
    synchronized boolean train(Runnable whenDone) {
        List<AotCache> missing = services.values().stream()
                .map(ServiceProcess::cache)
                .filter(cache -> !cache.isGood())
                .toList();
        if (!missing.isEmpty()) {
            trainer = new Trainer(missing, this::environment, whenDone);
        }
        return !missing.isEmpty();
    }

    /** As PostgreSQL's superuser, who sees the rows of all tenants. */
    public Connection database(ServiceName service) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://localhost:" + config.postgresPort() + "/" + service.database(),
                "postgres",
                secrets.get(Postgres.SUPERUSER_SECRET));
    }

    /**
     * Starts one more process of a service, on the same database, at ports that the system chooses, and waits until it serves.
     * Nothing is sent to it but what the caller sends; it ends with the stack, or before by {@link #stop}.
     *
     * @param options of its JVM; empty for those of a local installation
     * @param more what its environment has besides, or instead
     */
    public synchronized ServiceProcess replica(ServiceName name, List<String> options, Map<String, String> more) {
        Map<String, String> environment = new LinkedHashMap<>(environment(name));
        int port = freePort();
        int managementPort = freePort();
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
        environment.put("QUARKUS_MANAGEMENT_PORT", String.valueOf(managementPort));
        environment.putAll(more);
        String log = name.id() + "-" + (replicas.size() + 1);
        ServiceProcess replica = new ServiceProcess(name, config, environment, options, log, managementPort);
        replicas.add(replica);
        replica.start();
        awaitReady(replica);
        return replica;
    }

    public void stop(ServiceProcess process) {
        process.stop();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new OperationException("there is no free port: " + e.getMessage(), e);
        }
    }

    public ServiceProcess service(ServiceName name) {
        return services.get(name);
    }

    public StackConfig config() {
        return config;
    }

    public Secrets secrets() {
        return secrets;
    }

    /** The main job on this stack. */
    public Journey journey(UsageFile usage, String customer) {
        return new Journey(Api.at(config.originUrl()), operator(), demoPassword(), usage, customer);
    }

    /** Gives access tokens of the operator. */
    public synchronized Login operator() {
        if (operator == null) {
            Account account = new Account(Secrets.OPERATOR_EMAIL, secrets.get("operator.password"));
            operator = new Login(Api.at(config.originUrl()), account);
        }
        return operator;
    }

    /** What customers of {@link #journey} log in with. */
    public String demoPassword() {
        return secrets.get("demo.password");
    }

    /** Waits until the service serves; says what its log ends with when it dies instead. */
    public void awaitReady(ServiceProcess service) {
        progress.step(service.name().id() + " on port " + config.port(service.name()));
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        while (!service.isReady()) {
            if (!service.isAlive()) {
                throw new OperationException(service.name().id() + " stopped while starting; the end of its log, "
                        + service.log() + ":\n" + tail(service.log()));
            }
            if (System.nanoTime() > deadline) {
                throw new OperationException(service.name().id() + " is not ready after " + LONGEST_START.toSeconds()
                        + " s: see " + service.log());
            }
            progress.tick();
        }
        progress.done();
    }

    private Map<String, String> environment(ServiceName name) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(config.port(name)));
        environment.put("QUARKUS_MANAGEMENT_PORT", String.valueOf(config.managementPort(name)));
        environment.put("COUNTINGHOUSE_ENVIRONMENT", "local");
        environment.put("COUNTINGHOUSE_SECURITY_ISSUER", config.originUrl());
        for (ServiceName other : ServiceName.values()) {
            environment.put("COUNTINGHOUSE_SERVICES_" + other.variable() + "_URL", config.url(other));
        }
        environment.put("COUNTINGHOUSE_SERVICE_SECRET", secrets.get("service." + name.id()));
        environment.put("COUNTINGHOUSE_DATABASE_HOST", "localhost");
        environment.put("COUNTINGHOUSE_DATABASE_PORT", String.valueOf(config.postgresPort()));
        // One process of each service, and a server of 200 connections for them alone.
        environment.put("COUNTINGHOUSE_DATABASE_POOL_SIZE", "20");
        environment.put("COUNTINGHOUSE_DATABASE_NAME", name.database());
        environment.put("COUNTINGHOUSE_DATABASE_USERNAME", name.applicationRole());
        environment.put("COUNTINGHOUSE_DATABASE_PASSWORD", secrets.get("database." + name.applicationRole()));
        environment.put("COUNTINGHOUSE_DATABASE_OWNER_USERNAME", name.ownerRole());
        environment.put("COUNTINGHOUSE_DATABASE_OWNER_PASSWORD", secrets.get("database." + name.ownerRole()));
        switch (name) {
            case AUTH -> {
                environment.put("COUNTINGHOUSE_AUTH_KEY_ENCRYPTION_SECRET", secrets.get("auth.key-encryption"));
                environment.put("COUNTINGHOUSE_AUTH_SESSION_SECRET", secrets.get("auth.session"));
                secrets.find("auth.previous-session")
                        .ifPresent(before -> environment.put("COUNTINGHOUSE_AUTH_PREVIOUS_SESSION_SECRET", before));
                environment.put("COUNTINGHOUSE_AUTH_BOOTSTRAP_OPERATOR_EMAIL", Secrets.OPERATOR_EMAIL);
                environment.put("COUNTINGHOUSE_AUTH_BOOTSTRAP_OPERATOR_PASSWORD", secrets.get("operator.password"));
                for (ServiceName other : ServiceName.values()) {
                    environment.put(
                            "COUNTINGHOUSE_AUTH_BOOTSTRAP_SERVICE_ACCOUNTS__" + other.variable() + "__SECRET_HASH",
                            secrets.sha256("service." + other.id()));
                }
            }
            case AUDIT_LOG ->
                environment.put("COUNTINGHOUSE_AUDIT_KEY_ENCRYPTION_SECRET", secrets.get("audit.key-encryption"));
            case INVOICE -> {
                environment.putAll(SELLER);
                secrets.find("provider.stripe")
                        .ifPresent(key -> environment.put("COUNTINGHOUSE_INVOICE_PAYMENT_STRIPE_API_KEY", key));
            }
            case AI_MODELING ->
                secrets.find("provider.openai")
                        .ifPresent(key -> environment.put("COUNTINGHOUSE_AI_OPENAI_API_KEY", key));
            case NOTIFICATION -> {
                environment.put("QUARKUS_MAILER_HOST", "localhost");
                environment.put("QUARKUS_MAILER_PORT", String.valueOf(config.smtpPort()));
                environment.put(
                        "COUNTINGHOUSE_NOTIFICATION_SENDER_NAME", SELLER.get("COUNTINGHOUSE_INVOICE_SELLER_NAME"));
                environment.put(
                        "COUNTINGHOUSE_NOTIFICATION_SENDER_REPLY_TO", SELLER.get("COUNTINGHOUSE_INVOICE_SELLER_EMAIL"));
                environment.put(
                        "COUNTINGHOUSE_NOTIFICATION_WEBHOOK_SECRET_ENCRYPTION_KEY",
                        secrets.get("notification.secret-encryption"));
                // Webhook receivers of someone trying it out run on the same machine.
                environment.put("COUNTINGHOUSE_NOTIFICATION_WEBHOOK_ALLOW_PRIVATE_ADDRESSES", "true");
                environment.put("COUNTINGHOUSE_NOTIFICATION_WEBHOOK_ALLOW_HTTP", "true");
            }
            default -> {
                // The rest is the same for every service.
            }
        }
        return environment;
    }

    private void checkPorts() {
        List<String> taken = config.takenPorts();
        if (!taken.isEmpty()) {
            throw new OperationException("already in use: " + String.join(", ", taken)
                    + ". Stop what listens there, or move: --port for the origin, --port-offset for all others.");
        }
    }

    private static FileLock lock(Path data) {
        try {
            FileChannel channel =
                    FileChannel.open(data.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                FileLock lock = channel.tryLock();
                if (lock != null) {
                    return lock;
                }
            } catch (OverlappingFileLockException e) {
                // Held by this very process; answered like one that another process holds.
            }
            channel.close();
            throw new OperationException("another stack runs on " + data + "; choose another folder with --data");
        } catch (IOException e) {
            throw new OperationException("cannot lock " + data + ": " + e.getMessage(), e);
        }
    }

    private static void createDirectory(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new OperationException("cannot create " + directory + ": " + e.getMessage(), e);
        }
    }

    /** A folder with all that is in it. */
    public static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static String tail(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
        } catch (IOException e) {
            return "(unreadable: " + e.getMessage() + ")";
        }
    }

    /** A process that dies from now on stays dead. */
    public synchronized void unsupervise() {
        if (supervisor != null) {
            supervisor.close();
            supervisor = null;
        }
    }

    /** Stops in the opposite order; harmless when called again. */
    @Override
    public synchronized void close() {
        unsupervise();
        if (trainer != null) {
            trainer.close();
            trainer = null;
        }
        if (origin != null) {
            origin.close();
            origin = null;
        }
        replicas.parallelStream().forEach(ServiceProcess::stop);
        replicas.clear();
        services.values().parallelStream().forEach(ServiceProcess::stop);
        services.clear();
        if (mailbox != null) {
            mailbox.close();
            mailbox = null;
        }
        if (postgres != null) {
            postgres.close();
            postgres = null;
        }
        if (lock != null) {
            try {
                lock.channel().close();
            } catch (IOException e) {
                throw new OperationException("cannot unlock the data folder", e);
            }
            lock = null;
        }
    }
}

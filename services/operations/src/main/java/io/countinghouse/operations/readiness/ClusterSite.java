package io.countinghouse.operations.readiness;

import com.fasterxml.jackson.databind.JsonNode;
import io.countinghouse.operations.OperationException;
import io.countinghouse.operations.ServiceName;
import io.countinghouse.operations.database.DatabaseNames;
import io.countinghouse.operations.secret.Account;
import io.countinghouse.operations.secret.Secrets;
import io.countinghouse.operations.secret.Trust;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/**
 * An installation in a cluster, read with kubectl and the rights of whoever runs this. Services and database are reached
 * through the API server (port-forward): nothing has to be opened in the NetworkPolicies, and no image has to be pulled.
 */
final class ClusterSite implements Site {

    /** Nothing listens on port 1: what would be asked there is answered by a refusal. */
    private static final Process NONE = new Process("http://127.0.0.1:1", "http://127.0.0.1:1");

    private static final int PLAIN = 8080;
    private static final int TLS = 8443;
    private static final int MANAGEMENT = 9000;

    /** Lines of a pod: the newest, of a log that has grown for months. */
    private static final int LONGEST_LOG = 100_000;

    /** Where whoever makes backups notes when; docs/readiness.md says how. */
    private static final String RECOVERY = "countinghouse-recovery";

    private final Kubectl kubectl;
    private final String operatorEmail;
    private final String database;
    private final Path backups;
    private final Map<ServiceName, JsonNode> deployments = new EnumMap<>(ServiceName.class);
    private final Map<ServiceName, List<Process>> processes = new EnumMap<>(ServiceName.class);
    private final ClusterSecrets secrets;
    private final Map<String, String> reached = new LinkedHashMap<>();
    private final Map<ServiceName, Account> owners = new EnumMap<>(ServiceName.class);
    private final Optional<Secrets> vault;
    private final Optional<SSLContext> trust;
    private List<Readable> objects;

    /**
     * @param operatorEmail null for that of the installation
     * @param database host and port; null for those of the installation
     * @param backups folder of scripts/backup; null for the ConfigMap
     * @param authority in PEM, of the services' certificates where they speak HTTPS; null for that of Vault
     */
    ClusterSite(
            Kubectl kubectl, String operatorEmail, String database, Path backups, String authority, Progress progress) {
        this.kubectl = kubectl;
        this.secrets = new ClusterSecrets(kubectl);
        this.operatorEmail = operatorEmail;
        this.database = database;
        this.backups = backups;
        this.vault = System.getenv("VAULT_ADDR") == null ? Optional.empty() : Optional.of(Secrets.configured());
        Map<Integer, String> encrypted = new LinkedHashMap<>();
        for (ServiceName service : ServiceName.values()) {
            progress.step("cluster", "pods of " + service.id());
            JsonNode deployment = kubectl.json("get", "deployment", service.id(), "--ignore-not-found");
            deployments.put(service, deployment);
            List<Process> found = new ArrayList<>();
            int port = apiPort(deployment);
            for (JsonNode pod : pods(service)) {
                if (pod.at("/status/phase").asText().equals("Running")
                        && pod.at("/metadata/deletionTimestamp").isMissingNode()) {
                    Map<Integer, Integer> ports =
                            kubectl.forward("pod/" + pod.at("/metadata/name").asText(), port, MANAGEMENT);
                    if (port == TLS) {
                        encrypted.put(ports.get(port), service.id());
                    }
                    found.add(new Process(
                            (port == TLS ? "https" : "http") + "://127.0.0.1:" + ports.get(port),
                            "http://127.0.0.1:" + ports.get(MANAGEMENT)));
                }
            }
            processes.put(service, found.isEmpty() ? List.of(NONE) : found);
        }
        if (deployments.values().stream().allMatch(JsonNode::isMissingNode)) {
            throw new OperationException("there is no installation in namespace " + kubectl.namespace());
        }
        trust = encrypted.isEmpty() ? Optional.empty() : Optional.of(Trust.forwarded(authority(authority), encrypted));
    }

    private static int apiPort(JsonNode deployment) {
        for (JsonNode port : deployment.at("/spec/template/spec/containers/0/ports")) {
            if (port.path("containerPort").asInt() == TLS) {
                return TLS;
            }
        }
        return PLAIN;
    }

    private String authority(String given) {
        return Optional.ofNullable(given)
                .or(() -> vault.flatMap(Secrets::authority))
                .orElseThrow(
                        () -> new OperationException("the services speak HTTPS: --authority names the certificate of"
                                + " their authority, or VAULT_ADDR the Vault that has it"));
    }

    @Override
    public Optional<SSLContext> trust() {
        return trust;
    }

    @Override
    public String description() {
        return "namespace " + kubectl.namespace() + " of " + kubectl.context();
    }

    @Override
    public List<Process> processes(ServiceName service) {
        return processes.get(service);
    }

    private List<JsonNode> pods(ServiceName service) {
        JsonNode labels = deployments.get(service).at("/spec/selector/matchLabels");
        if (labels.isEmpty()) {
            return List.of();
        }
        List<String> selector = new ArrayList<>();
        labels.properties()
                .forEach(label ->
                        selector.add(label.getKey() + "=" + label.getValue().asText()));
        List<JsonNode> pods = new ArrayList<>();
        kubectl.json("get", "pods", "--selector=" + String.join(",", selector))
                .path("items")
                .forEach(pods::add);
        return pods;
    }

    @Override
    public Account operator() {
        String email = operatorEmail != null
                ? operatorEmail
                : environment(ServiceName.AUTH, "COUNTINGHOUSE_AUTH_BOOTSTRAP_OPERATOR_EMAIL");
        String given = System.getenv("COUNTINGHOUSE_OPERATOR_PASSWORD");
        String password = given != null && !given.isEmpty()
                ? given
                : vault.map(Secrets::operatorPassword)
                        .orElseGet(() -> secrets.values(ServiceName.AUTH.id())
                                .getOrDefault("COUNTINGHOUSE_AUTH_BOOTSTRAP_OPERATOR_PASSWORD", ""));
        return new Account(email, password);
    }

    private String environment(ServiceName service, String variable) {
        for (JsonNode entry : deployments.get(service).at("/spec/template/spec/containers/0/env")) {
            if (entry.path("name").asText().equals(variable)) {
                return entry.path("value").asText();
            }
        }
        return "";
    }

    @Override
    public Connection database(ServiceName service) throws SQLException {
        Account owner = owners.computeIfAbsent(service, this::owner);
        String address = database != null
                ? database
                : environment(service, "COUNTINGHOUSE_DATABASE_DIRECT_HOST", "COUNTINGHOUSE_DATABASE_HOST") + ":"
                        + environment(service, "COUNTINGHOUSE_DATABASE_DIRECT_PORT", "COUNTINGHOUSE_DATABASE_PORT");
        try {
            Connection connection = DriverManager.getConnection(
                    "jdbc:postgresql://" + reached.computeIfAbsent(address, this::reach) + "/"
                            + databaseNames(service).database(service) + "?" + security(service),
                    owner.name(),
                    owner.password());
            try (Statement statement = connection.createStatement()) {
                // That of the containers which migrated: Flyway notes its times without one.
                statement.execute("SET TIME ZONE 'UTC'");
            }
            return connection;
        } catch (OperationException e) {
            throw new SQLException(e.getMessage(), e);
        }
    }

    /** The prefix is what the name of the database begins with. */
    @Override
    public DatabaseNames databaseNames(ServiceName service) {
        String name = environment(service, "COUNTINGHOUSE_DATABASE_NAME");
        return name.endsWith(service.database())
                ? new DatabaseNames(
                        name.substring(0, name.length() - service.database().length()))
                : DatabaseNames.PLAIN;
    }

    /**
     * Encrypted where the pods are. The certificate is checked where COUNTINGHOUSE_DATABASE_CA names the authority's on this
     * machine: the name that a forwarded port has here is not the one that is certified.
     */
    private String security(ServiceName service) {
        String tls = environment(service, "COUNTINGHOUSE_DATABASE_TLS");
        String authority = System.getenv("COUNTINGHOUSE_DATABASE_CA");
        if (tls.isEmpty() || tls.equals("disable")) {
            return "sslmode=disable";
        }
        return authority == null || authority.isEmpty()
                ? "sslmode=require"
                : "sslmode=verify-ca&sslrootcert=" + URLEncoder.encode(authority, StandardCharsets.UTF_8);
    }

    /** The first of the variables that the containers of a service have. */
    private String environment(ServiceName service, String variable, String otherwise) {
        String value = environment(service, variable);
        return value.isEmpty() ? environment(service, otherwise) : value;
    }

    /** From Vault when {@code VAULT_ADDR} names one, else from the Secret of its migrations, else from the environment. */
    private Account owner(ServiceName service) {
        if (vault.isPresent()) {
            return vault.get().owner(service);
        }
        Map<String, String> secret = secrets.values(service.id() + "-owner");
        String variable = service.ownerRole().toUpperCase(Locale.ROOT) + "_PASSWORD";
        String password = secret.getOrDefault("COUNTINGHOUSE_DATABASE_OWNER_PASSWORD", System.getenv(variable));
        if (password == null) {
            throw new OperationException("there is no Secret " + service.id() + "-owner, and neither VAULT_ADDR nor "
                    + variable + " is set");
        }
        return new Account(
                secret.getOrDefault(
                        "COUNTINGHOUSE_DATABASE_OWNER_USERNAME",
                        databaseNames(service).ownerRole(service)),
                password);
    }

    /** A Service of this namespace that selects pods is reached through the API server, all else as the name says. */
    private String reach(String address) {
        String host = address.substring(0, address.lastIndexOf(':'));
        String port = address.substring(address.lastIndexOf(':') + 1);
        if (database != null) {
            return address;
        }
        JsonNode service = kubectl.json("get", "service", host.split("\\.")[0], "--ignore-not-found");
        if (service.at("/spec/selector").isEmpty()) {
            return address;
        }
        int number = Integer.parseInt(port);
        return "127.0.0.1:"
                + kubectl.forward("service/" + host.split("\\.")[0], number).get(number);
    }

    @Override
    public List<String> log(ServiceName service) throws IOException {
        List<String> lines = new ArrayList<>();
        try {
            for (JsonNode pod : pods(service)) {
                kubectl.text("logs", pod.at("/metadata/name").asText(), "--all-containers", "--tail=" + LONGEST_LOG)
                        .lines()
                        .filter(line -> !line.isBlank())
                        .forEach(lines::add);
            }
        } catch (OperationException e) {
            throw new IOException(e.getMessage(), e);
        }
        return lines;
    }

    @Override
    public Map<String, String> secrets(ServiceName service) {
        return secrets.of(service, deployments.get(service));
    }

    @Override
    public List<SecretOrigin> secretOrigins(ServiceName service) {
        return secrets.origins(service, deployments.get(service));
    }

    /** Encrypted by the cluster, or not: who may read them is what RBAC says, and the pods may not. */
    @Override
    public List<String> unprotectedSecrets(ServiceName service) throws IOException {
        String account = deployments
                .get(service)
                .at("/spec/template/spec/serviceAccountName")
                .asText("default");
        // Answers "no" with exit code 1.
        String answer = kubectl.answer(
                "auth", "can-i", "get", "secrets", "--as=system:serviceaccount:" + kubectl.namespace() + ":" + account);
        return switch (answer) {
            case "no" -> List.of();
            case "yes" -> List.of("the ServiceAccount " + account + " may read every Secret of the namespace");
            default -> throw new IOException("what the ServiceAccount " + account + " may read is not told: " + answer);
        };
    }

    /** Everything in the namespace that is no Secret: who may read manifests need not read those. */
    @Override
    public List<Readable> readable(ServiceName service) {
        if (objects == null) {
            objects = new ArrayList<>();
            for (JsonNode object : kubectl.json(
                            "get",
                            "deployments,pods,configmaps,services,jobs,cronjobs,ingresses,networkpolicies,events")
                    .path("items")) {
                objects.add(new Readable(
                        object.path("kind").asText() + " "
                                + object.at("/metadata/name").asText(),
                        object.toString()));
            }
        }
        return objects;
    }

    @Override
    public Optional<Trace> backup() throws IOException {
        return backups == null ? noted("backup") : Backups.latest(backups);
    }

    @Override
    public Optional<Trace> restoreDrill() throws IOException {
        return backups == null ? noted("restore-drill") : Backups.latestDrill(backups);
    }

    private Optional<Trace> noted(String key) throws IOException {
        String time = kubectl.json("get", "configmap", RECOVERY, "--ignore-not-found")
                .path("data")
                .path(key)
                .asText();
        try {
            return time.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Trace(Instant.parse(time), "noted in ConfigMap " + RECOVERY, true));
        } catch (DateTimeParseException e) {
            throw new IOException(
                    "ConfigMap " + RECOVERY + " has '" + time + "' at " + key + ", no time of RFC 3339", e);
        }
    }

    @Override
    public String mending(Line line) {
        if (backups != null) {
            return Backups.mending(line, backups);
        }
        return "have what makes it note the time in ConfigMap " + RECOVERY + ", key "
                + (line == Line.BACKUP ? "backup" : "restore-drill");
    }

    @Override
    public List<Finding> platform(ServiceName service, Set<Line> lines) {
        JsonNode deployment = deployments.get(service);
        if (deployment.isMissingNode()) {
            return lines.stream()
                    .map(line -> Finding.failed(line, service, "there is no Deployment " + service.id()))
                    .toList();
        }
        return new PlatformCheck(kubectl, service, deployment, pods(service)).of(lines);
    }

    @Override
    public void close() {
        vault.ifPresent(Secrets::close);
        kubectl.close();
    }
}

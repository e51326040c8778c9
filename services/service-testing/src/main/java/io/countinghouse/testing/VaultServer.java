package io.countinghouse.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * A real Vault for the tests of one service, started from the executable that the environment variable {@value #BINARY}
 * names, in memory and on loopback. It is set up as an installation's is, with short times to live. Tests that need it are
 * skipped where the variable is not set; they name this class in their profile.
 */
public final class VaultServer implements QuarkusTestResourceLifecycleManager {

    public static final String BINARY = "VAULT_BINARY";

    /** What a test says that is skipped. */
    public static final String SKIPPED = BINARY + " does not name a Vault executable";

    /** Of a database login, and how long it can be renewed. */
    public static final Duration LEASE = Duration.ofSeconds(12);

    public static final Duration LONGEST_LEASE = Duration.ofSeconds(20);

    private static final String ROOT_TOKEN = "only-for-tests";
    private static final String URL = "countinghouse.test.vault-url";
    private static final String PID = "countinghouse.test.vault-pid";
    private static final String AUTHORITY = "countinghouse.test.vault-authority";
    private static final String SERVICE = "service";

    private String service;
    private Process process;

    @Override
    public void init(Map<String, String> arguments) {
        service = arguments.get(SERVICE);
    }

    /** The argument of this resource: which service reads from it. */
    public static Map<String, String> of(String service) {
        return Map.of(SERVICE, service);
    }

    /** After the database, of which it makes logins. */
    @Override
    public int order() {
        return 1;
    }

    @Override
    public Map<String, String> start() {
        int port = freePort();
        try {
            process = new ProcessBuilder(
                            System.getenv(BINARY),
                            "server",
                            "-dev",
                            "-dev-no-store-token",
                            "-dev-root-token-id=" + ROOT_TOKEN,
                            "-dev-listen-address=127.0.0.1:" + port)
                    .redirectErrorStream(true)
                    .redirectOutput(Path.of("target", "vault.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("Vault does not start", e);
        }
        System.setProperty(URL, "http://127.0.0.1:" + port);
        System.setProperty(PID, String.valueOf(process.pid()));
        Awaitility.await().atMost(Duration.ofMinutes(1)).ignoreExceptions().until(() -> {
            ask("GET", "sys/health", null);
            return true;
        });
        return setUp();
    }

    @Override
    public void stop() {
        if (process != null) {
            if (process.isAlive()) {
                // The database is there for the next test too: what this Vault leased would stay for ever.
                ask("POST", "sys/leases/revoke-prefix/countinghouse-database/creds", new JsonObject());
            }
            process.destroyForcibly();
        }
    }

    /** Writes a new version of {@code countinghouse/<path>}. */
    public static void put(String path, Map<String, Object> values) {
        ask("POST", "countinghouse/data/" + path, JsonObject.of("data", new JsonObject(values)));
    }

    /** The certificate, in PEM, of the authority of the PKI engine. */
    public static String authority() {
        return System.getProperty(AUTHORITY);
    }

    /** Vault keeps its connections and answers nothing. */
    public static void pause() {
        signal("STOP");
    }

    public static void resume() {
        signal("CONT");
    }

    /** For good: its memory goes with it. */
    public static void kill() {
        signal("KILL");
    }

    private Map<String, String> setUp() {
        ask("POST", "sys/mounts/countinghouse", JsonObject.of("type", "kv", "options", JsonObject.of("version", "2")));
        ask("POST", "sys/mounts/countinghouse-database", JsonObject.of("type", "database"));
        ask("POST", "sys/mounts/countinghouse-transit", JsonObject.of("type", "transit"));
        ask("POST", "countinghouse-transit/keys/access-token", JsonObject.of("type", "rsa-2048"));
        // For the tests' sake: keys that need no age before they sign, which the service believes only when it reads
        // this.
        put(service, Map.of("countinghouse.auth.keys.publish-ahead", "PT0S"));
        setUpDatabase();
        ask("POST", "sys/mounts/countinghouse-pki", JsonObject.of("type", "pki"));
        System.setProperty(
                AUTHORITY,
                ask(
                                "POST",
                                "countinghouse-pki/root/generate/internal",
                                JsonObject.of("common_name", "pods of the tests"))
                        .getString("certificate"));
        ask(
                "POST",
                "countinghouse-pki/roles/" + service,
                JsonObject.of("allowed_domains", JsonArray.of(service, "localhost"), "allow_bare_domains", true)
                        .put("max_ttl", "30s"));
        ask("POST", "sys/auth/approle", JsonObject.of("type", "approle"));
        ask("PUT", "sys/policies/acl/" + service, JsonObject.of("policy", policy()));
        ask(
                "POST",
                "auth/approle/role/" + service,
                JsonObject.of("token_policies", JsonArray.of(service), "token_period", "1m"));
        Map<String, String> config = new HashMap<>();
        config.put("quarkus.vault.url", System.getProperty(URL));
        config.put(
                "quarkus.vault.authentication.app-role.role-id",
                ask("GET", "auth/approle/role/" + service + "/role-id", null).getString("role_id"));
        config.put(
                "quarkus.vault.authentication.app-role.secret-id",
                ask("POST", "auth/approle/role/" + service + "/secret-id", new JsonObject())
                        .getString("secret_id"));
        config.put("quarkus.vault.renew-grace-period", "20s");
        config.put("countinghouse.vault.refresh", "500ms");
        config.put("countinghouse.database.max-lifetime", "4s");
        // The owner migrates as in every test; that the application's login is configured too must make no difference.
        config.put("quarkus.flyway.username", TestDatabase.OWNER);
        config.put("quarkus.flyway.password", TestDatabase.PASSWORD);
        config.put("quarkus.datasource.username", "nobody");
        config.put("quarkus.datasource.password", "nothing");
        return config;
    }

    private void setUpDatabase() {
        String database = System.getProperty(TestEnvironment.JDBC_URL).replaceFirst("^jdbc:", "");
        ask(
                "POST",
                "countinghouse-database/config/postgresql",
                JsonObject.of("plugin_name", "postgresql-database-plugin", "allowed_roles", "*")
                        .put(
                                "connection_url",
                                database.replace("//", "//{{username}}:{{password}}@") + "?sslmode=disable")
                        .put("username", "postgres")
                        .put("password", "postgres"));
        ask(
                "POST",
                "countinghouse-database/roles/" + service + "-app",
                JsonObject.of("db_name", "postgresql")
                        .put("default_ttl", LEASE.toSeconds() + "s")
                        .put("max_ttl", LONGEST_LEASE.toSeconds() + "s")
                        .put(
                                "creation_statements",
                                JsonArray.of(
                                        ("CREATE ROLE \"{{name}}\" LOGIN PASSWORD '{{password}}' VALID UNTIL "
                                                        + "'{{expiration}}' IN ROLE %s")
                                                .formatted(TestDatabase.APPLICATION),
                                        "ALTER ROLE \"{{name}}\" SET ROLE " + TestDatabase.APPLICATION))
                        .put("revocation_statements", JsonArray.of("DROP ROLE IF EXISTS \"{{name}}\"")));
    }

    private String policy() {
        return """
                path "countinghouse/data/%1$s" { capabilities = ["read"] }
                path "countinghouse/data/%1$s/*" { capabilities = ["read"] }
                path "countinghouse-database/creds/%1$s-app" { capabilities = ["read"] }
                path "countinghouse-transit/keys/access-token" { capabilities = ["read"] }
                path "countinghouse-transit/keys/access-token/rotate" { capabilities = ["update"] }
                path "countinghouse-transit/sign/access-token" { capabilities = ["update"] }
                path "countinghouse-pki/issue/%1$s" { capabilities = ["update"] }
                """.formatted(service);
    }

    /** @return the answer's data */
    private static JsonObject ask(String method, String path, JsonObject body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(System.getProperty(URL) + "/v1/" + path))
                .header("X-Vault-Token", ROOT_TOKEN)
                .timeout(Duration.ofSeconds(10))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.encode()))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(
                        "%s %s: %d %s".formatted(method, path, answer.statusCode(), answer.body()));
            }
            return answer.body().isEmpty() ? null : new JsonObject(answer.body()).getJsonObject("data");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, System.getProperty(PID)).start();
            if (!kill.waitFor(5, TimeUnit.SECONDS) || kill.exitValue() != 0) {
                throw new IllegalStateException("kill -" + name + " failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

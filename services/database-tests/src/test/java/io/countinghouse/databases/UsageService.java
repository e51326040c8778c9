package io.countinghouse.databases;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged usage-service, as a pod runs it: a process and its environment. */
final class UsageService implements AutoCloseable {

    static final String DATABASE = "usage_service_db";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** Of a busy machine that starts other things, too. */
    private static final Duration LONGEST_START = Duration.ofMinutes(2);

    private final Operator operator;
    private final Process process;
    private final Path log;
    private final int port;
    private final int management;

    private UsageService(Operator operator, Process process, Path log, int port, int management) {
        this.operator = operator;
        this.process = process;
        this.log = log;
        this.port = port;
        this.management = management;
    }

    static UsageService start(Path folder, Map<String, String> environment)
            throws IOException, GeneralSecurityException {
        Path jar = Path.of(System.getProperty("countinghouse.home"))
                .resolve("services/usage-service/target/quarkus-app/quarkus-run.jar")
                .normalize();
        if (!Files.exists(jar)) {
            throw new IllegalStateException("usage-service is not packaged: " + jar + " is missing");
        }
        Operator operator = new Operator();
        int port = freePort();
        int management = freePort();
        Path log = folder.resolve("usage-service.log");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-jar",
                        jar.toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        builder.environment()
                .putAll(Map.of(
                        "QUARKUS_HTTP_PORT", String.valueOf(port),
                        "QUARKUS_MANAGEMENT_PORT", String.valueOf(management),
                        "COUNTINGHOUSE_SERVICE_SECRET", "only-for-tests",
                        "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
                                operator.keySet(folder).toUri().toString()));
        return new UsageService(operator, builder.start(), log, port, management);
    }

    static Map<String, String> environment(int databasePort) {
        return new HashMap<>(Map.of(
                "COUNTINGHOUSE_DATABASE_HOST",
                "localhost",
                "COUNTINGHOUSE_DATABASE_PORT",
                String.valueOf(databasePort),
                "COUNTINGHOUSE_DATABASE_USERNAME",
                "usage_service_app",
                "COUNTINGHOUSE_DATABASE_PASSWORD",
                Operations.PASSWORD,
                "COUNTINGHOUSE_DATABASE_OWNER_USERNAME",
                "usage_service_owner",
                "COUNTINGHOUSE_DATABASE_OWNER_PASSWORD",
                Operations.PASSWORD));
    }

    UsageService awaitReady() {
        await().atMost(LONGEST_START).until(() -> isReady() || !process.isAlive());
        if (!process.isAlive()) {
            throw new IllegalStateException("usage-service ended: " + log());
        }
        return this;
    }

    /** @return its exit code */
    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(LONGEST_START.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("usage-service did not end: " + log());
        }
        return process.exitValue();
    }

    boolean isReady() {
        return status(HttpRequest.newBuilder(URI.create("http://localhost:" + management + "/health/ready"))) == 200;
    }

    /** Defines a meter under a key that nobody has used, which writes several rows. */
    int define(String key) {
        return status(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/v1/usage/meters"))
                .header("Authorization", "Bearer " + operator.token())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("""
                        {"key":"%s","name":"a meter","event_type":"%s.happened","aggregation":"count"}""".formatted(key, key))));
    }

    /** Zero where nobody answers. */
    private static int status(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}

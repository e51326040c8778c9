package io.countinghouse.stack;

import io.countinghouse.operations.OperationException;
import io.countinghouse.operations.ServiceName;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One packaged service, running as a process of its own. */
public final class ServiceProcess {

    /**
     * Live data of a service is a few tens of MB; a local installation of seven stays below 2 GB in all. Classes take 87
     * MB and compiled code 10 MB: the JVM's defaults let each threshold on the way there cost a full collection, some of
     * them minutes after the start, in which no request is answered for a tenth of a second. So the first threshold for
     * classes is above what they take, and the room for code so large that a seventh of it, which is the other, is too.
     */
    private static final List<String> JVM = List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:MetaspaceSize=192m",
            "-XX:ReservedCodeCacheSize=192m",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(1))
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    private final ServiceName name;
    private final StackConfig config;
    private final Map<String, String> environment;
    private final List<String> options;
    private final String log;
    private final int port;
    private final int managementPort;
    private final AotCache cache;
    private volatile Process process;

    /** @param options of its JVM; empty for those of a local installation */
    ServiceProcess(ServiceName name, StackConfig config, Map<String, String> environment, List<String> options) {
        this(name, config, environment, options, name.id(), config.managementPort(name));
    }

    ServiceProcess(
            ServiceName name,
            StackConfig config,
            Map<String, String> environment,
            List<String> options,
            String log,
            int managementPort) {
        this.name = name;
        this.config = config;
        this.environment = environment;
        this.options = options.isEmpty() ? JVM : options;
        this.log = log;
        this.port = Integer.parseInt(environment.get("QUARKUS_HTTP_PORT"));
        this.managementPort = managementPort;
        this.cache = new AotCache(name, config.home(), this.options);
    }

    AotCache cache() {
        return cache;
    }

    public ServiceName name() {
        return name;
    }

    /** Starts the process; {@link #isReady} tells when it serves. */
    public void start() {
        Path jar = config.home().resolve("services/" + name.id() + "/target/quarkus-app/quarkus-run.jar");
        if (!Files.exists(jar)) {
            throw new OperationException(name.id() + " is not built: " + jar + " is missing");
        }
        List<String> command = new java.util.ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(cache.use());
        command.add("-jar");
        command.add(jar.toString());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment().putAll(environment);
        try {
            Files.createDirectories(log().getParent());
            process = builder.start();
        } catch (IOException e) {
            throw new OperationException(name.id() + " cannot be started: " + e.getMessage(), e);
        }
    }

    public Path log() {
        return config.data().resolve("logs").resolve(log + ".log");
    }

    public boolean isReady() {
        try {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://localhost:" + managementPort + "/health/ready"))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** Where its API is. */
    public String url() {
        return "http://localhost:" + port;
    }

    public int managementPort() {
        return managementPort;
    }

    /** Resident memory in MiB; 0 where the system does not tell. */
    long memory() {
        return memory("VmRSS:");
    }

    /** The most resident memory that it ever had, in MiB; 0 where the system does not tell. */
    public long mostMemory() {
        return memory("VmHWM:");
    }

    private long memory(String kind) {
        try {
            return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                    .filter(line -> line.startsWith(kind))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    /** As a power cut would: no goodbye. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Asks the process to stop and waits; after 25 s, five more than it gives its requests, it is killed. */
    void stop() {
        if (!isAlive()) {
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(25, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }
}

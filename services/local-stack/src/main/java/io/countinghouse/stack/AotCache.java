package io.countinghouse.stack;

import io.countinghouse.operations.ServiceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Classes of a service as the JVM once loaded and linked them (JEP 483, 514, 515), beside the package that they are of: a
 * start that finds them takes a fraction of the time. A cache that is older than the package, or of another JVM or other
 * options, is none. Nothing ever fails for want of one.
 */
final class AotCache {

    /** An application that is told to end after its start waits five seconds before it does; then the file is written. */
    private static final long LONGEST_TRAINING_SECONDS = 180;

    /** Nothing listens at the port for discarding: the training reaches neither the database nor a service that runs. */
    private static final String NOWHERE = "9";

    private final ServiceName service;
    private final Path packaged;
    private final Path file;
    private final Path madeOf;
    private final List<String> options;
    private volatile Process training;

    /** @param options that the JVM is started with, when the cache is made and when it is used */
    AotCache(ServiceName service, Path home, List<String> options) {
        Path target = home.resolve("services/" + service.id() + "/target");
        this.service = service;
        this.packaged = target.resolve("quarkus-app");
        this.file = target.resolve("local-stack.aot");
        this.madeOf = target.resolve("local-stack.aot.made-of");
        this.options = options;
    }

    /** What makes the JVM take the cache; empty where there is none that is good. */
    List<String> use() {
        // The JVM looks, too, and would say on the log what it does not like.
        return isGood() ? List.of("-XX:AOTCache=" + file, "-Xlog:aot=off", "-Xlog:cds=off") : List.of();
    }

    boolean isGood() {
        try {
            return Files.exists(file)
                    && Files.exists(madeOf)
                    && Files.readString(madeOf).equals(inputs())
                    && Files.getLastModifiedTime(file).compareTo(newest()) > 0;
        } catch (IOException e) {
            return false;
        }
    }

    private String inputs() {
        return Runtime.version() + "\n" + System.getProperty("java.home") + "\n" + String.join("\n", options) + "\n";
    }

    private FileTime newest() throws IOException {
        try (Stream<Path> files = Files.walk(packaged)) {
            FileTime newest = FileTime.fromMillis(0);
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                FileTime time = Files.getLastModifiedTime(each);
                newest = time.compareTo(newest) > 0 ? time : newest;
            }
            return newest;
        }
    }

    /**
     * Starts the service once, for nothing but this, at the lowest priority.
     *
     * @param environment that the service has when it works
     * @return whether the cache is there now
     */
    boolean train(Map<String, String> environment) {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        List<String> command = new ArrayList<>();
        nice().ifPresent(nice -> command.addAll(List.of(nice.toString(), "-n", "19")));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(
                "-XX:AOTCacheOutput=" + fresh,
                "-Xlog:aot=off",
                "-Xlog:cds=off",
                "-jar",
                packaged.resolve("quarkus-run.jar").toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        builder.environment().putAll(apart());
        try {
            Files.deleteIfExists(madeOf);
            training = builder.start();
            if (!training.waitFor(LONGEST_TRAINING_SECONDS, TimeUnit.SECONDS)) {
                stop();
                return false;
            }
            if (training.exitValue() != 0 || !Files.exists(fresh)) {
                return false;
            }
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
            Files.writeString(madeOf, inputs());
            return isGood();
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop();
            return false;
        } finally {
            // What a training leaves that came to nothing.
            delete(fresh);
            delete(fresh.resolveSibling(fresh.getFileName() + ".config"));
        }
    }

    private static void delete(Path leftover) {
        try {
            Files.deleteIfExists(leftover);
        } catch (IOException e) {
            // It is written over by the next one.
            return;
        }
    }

    /** The training has nothing to do with the installation whose environment it borrows. */
    private static Map<String, String> apart() {
        Map<String, String> apart = new HashMap<>(Map.of(
                "QUARKUS_INIT_AND_EXIT", "true",
                "QUARKUS_FLYWAY_MIGRATE_AT_START", "false",
                "QUARKUS_HIBERNATE_ORM_SCHEMA_MANAGEMENT_STRATEGY", "none",
                "QUARKUS_HTTP_PORT", "0",
                "QUARKUS_MANAGEMENT_PORT", "0",
                "COUNTINGHOUSE_DATABASE_PORT", NOWHERE,
                "QUARKUS_MAILER_PORT", NOWHERE));
        for (ServiceName other : ServiceName.values()) {
            apart.put("COUNTINGHOUSE_SERVICES_" + other.variable() + "_URL", "http://localhost:" + NOWHERE);
        }
        return apart;
    }

    private static Optional<Path> nice() {
        return Stream.of("/usr/bin/nice", "/bin/nice")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A training that is under way ends without a cache. */
    void stop() {
        Process running = training;
        if (running != null) {
            running.descendants().forEach(ProcessHandle::destroyForcibly);
            running.destroyForcibly().onExit().join();
        }
    }

    ServiceName service() {
        return service;
    }
}

package io.countinghouse.stack;

import io.countinghouse.operations.OperationException;
import io.countinghouse.operations.ServiceName;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Where the stack lives and listens.
 *
 * @param home the repository: packaged services are taken from {@code services/<name>/target/quarkus-app}
 * @param data everything that survives a restart: database, secrets, logs
 * @param origin port of the one origin
 * @param offset added to every other port: services 8081 to 8087, management 9081 to 9087, PostgreSQL 8432, SMTP 8025
 */
public record StackConfig(Path home, Path data, int origin, int offset) {

    private static final int POSTGRES = 8432;
    private static final int SMTP = 8025;
    private static final int ORIGIN = 8080;

    private static final int LOWEST_FREE = 12_000;
    private static final int HIGHEST_FREE = 23_000;
    private static final int ATTEMPTS = 100;

    public StackConfig {
        if (origin < 1 || origin > 65535) {
            throw new IllegalArgumentException("port " + origin + " is not between 1 and 65535");
        }
        if (offset < -7000 || offset > 50000) {
            throw new IllegalArgumentException("port offset " + offset + " is not between -7000 and 50000");
        }
    }

    /**
     * For a stack beside others: an offset, chosen by chance, at which nothing listens. The ports lie below those that the
     * system gives to whoever connects.
     */
    public static StackConfig onFreePorts(Path home, Path data) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int offset = ThreadLocalRandom.current().nextInt(LOWEST_FREE, HIGHEST_FREE);
            StackConfig config = new StackConfig(home, data, ORIGIN + offset, offset);
            if (config.takenPorts().isEmpty()) {
                return config;
            }
        }
        throw new OperationException("found no ports for a stack in " + ATTEMPTS + " attempts");
    }

    /** Those of its ports at which something listens, each with what would. */
    List<String> takenPorts() {
        Map<String, Integer> wanted = new LinkedHashMap<>();
        wanted.put("the origin", origin);
        wanted.put("PostgreSQL", postgresPort());
        wanted.put("SMTP", smtpPort());
        for (ServiceName service : ServiceName.values()) {
            wanted.put(service.id(), port(service));
            wanted.put(service.id() + " (management)", managementPort(service));
        }
        List<String> taken = new ArrayList<>();
        wanted.forEach((what, port) -> {
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(port));
            } catch (IOException e) {
                taken.add("port " + port + " for " + what);
            }
        });
        return taken;
    }

    public int port(ServiceName service) {
        return service.port() + offset;
    }

    public int managementPort(ServiceName service) {
        return service.port() + ServiceName.MANAGEMENT + offset;
    }

    public int postgresPort() {
        return POSTGRES + offset;
    }

    public int smtpPort() {
        return SMTP + offset;
    }

    public String originUrl() {
        return "http://localhost:" + origin;
    }

    public String url(ServiceName service) {
        return "http://localhost:" + port(service);
    }
}

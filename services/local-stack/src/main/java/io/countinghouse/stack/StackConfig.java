package io.countinghouse.stack;

import io.countinghouse.operations.ServiceName;
import java.nio.file.Path;

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

    public StackConfig {
        if (origin < 1 || origin > 65535) {
            throw new IllegalArgumentException("port " + origin + " is not between 1 and 65535");
        }
        if (offset < -7000 || offset > 50000) {
            throw new IllegalArgumentException("port offset " + offset + " is not between -7000 and 50000");
        }
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

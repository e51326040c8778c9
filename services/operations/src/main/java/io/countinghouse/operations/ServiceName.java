package io.countinghouse.operations;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The seven services: their ports on one machine, their paths, their databases. */
public enum ServiceName {
    AUTH(8081, "/v1/auth/", "/.well-known/"),
    USAGE(8082, "/v1/usage/"),
    BILLING(8083, "/v1/billing/"),
    INVOICE(8084, "/v1/invoices", "/v1/credit-notes"),
    NOTIFICATION(8085, "/v1/notifications", "/v1/notification-", "/v1/webhook-endpoints"),
    AUDIT_LOG(8086, "/v1/audit-logs"),
    AI_MODELING(8087, "/v1/ai/", "/v1/chat/");

    /** The management port lies this far above the port of the API. */
    public static final int MANAGEMENT = 1000;

    private final int port;
    private final List<String> paths;

    ServiceName(int port, String... paths) {
        this.port = port;
        this.paths = List.of(paths);
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-') + "-service";
    }

    /** Its name as part of an environment variable. */
    public String variable() {
        return name() + "_SERVICE";
    }

    public String database() {
        return id().replace('-', '_') + "_db";
    }

    /** The role that owns its database and migrates it. */
    public String ownerRole() {
        return id().replace('-', '_') + "_owner";
    }

    /** The role that the service works with. */
    public String applicationRole() {
        return id().replace('-', '_') + "_app";
    }

    public int port() {
        return port;
    }

    /** Beginnings of the paths that are its own. */
    public List<String> paths() {
        return paths;
    }

    /** Whose path this is. */
    public static Optional<ServiceName> owning(String path) {
        return Arrays.stream(values())
                .filter(service -> service.paths.stream().anyMatch(path::startsWith))
                .findFirst();
    }
}

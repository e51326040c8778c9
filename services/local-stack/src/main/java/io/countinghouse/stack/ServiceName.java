package io.countinghouse.stack;

import java.util.List;
import java.util.Locale;

/** The seven services: their ports, and the paths that the origin sends to them. */
public enum ServiceName {
    AUTH(8081, "/v1/auth/", "/.well-known/"),
    USAGE(8082, "/v1/usage/"),
    BILLING(8083, "/v1/billing/"),
    INVOICE(8084, "/v1/invoices", "/v1/credit-notes"),
    NOTIFICATION(8085, "/v1/notifications", "/v1/notification-", "/v1/webhook-endpoints"),
    AUDIT_LOG(8086, "/v1/audit-logs"),
    AI_MODELING(8087, "/v1/ai/", "/v1/chat/");

    /** The management port lies this far above the port of the API. */
    static final int MANAGEMENT = 1000;

    private final int port;
    private final List<String> paths;

    ServiceName(int port, String... paths) {
        this.port = port;
        this.paths = List.of(paths);
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-') + "-service";
    }

    /** Name of its database, and prefix of its two roles. */
    String database() {
        return id().replace('-', '_') + "_db";
    }

    int port() {
        return port;
    }

    List<String> paths() {
        return paths;
    }
}

package io.countinghouse.operations.secret;

import io.countinghouse.operations.ServiceName;

/** The secrets that services seal with what their databases must not show to whoever copies them. */
public enum Seal {
    TOKEN_KEYS(ServiceName.AUTH, "countinghouse.auth.key-encryption-secret", "auth.key-encryption"),
    CHECKPOINT_KEYS(ServiceName.AUDIT_LOG, "countinghouse.audit.key-encryption-secret", "audit.key-encryption"),
    WEBHOOK_SECRETS(
            ServiceName.NOTIFICATION,
            "countinghouse.notification.webhook.secret-encryption-key",
            "notification.secret-encryption");

    private final ServiceName service;
    private final String property;
    private final String local;

    Seal(ServiceName service, String property, String local) {
        this.service = service;
        this.property = property;
        this.local = local;
    }

    public ServiceName service() {
        return service;
    }

    /** The service's configuration property, and the key in Vault at the service's path. */
    public String property() {
        return property;
    }

    /** The line of {@code secrets.properties} of an installation of {@code scripts/up}. */
    public String local() {
        return local;
    }

    /** The property as an environment variable, by the rule of MicroProfile Config. */
    public String variable() {
        return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(java.util.Locale.ROOT);
    }
}

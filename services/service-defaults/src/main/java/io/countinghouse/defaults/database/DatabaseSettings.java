package io.countinghouse.defaults.database;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * The two drivers want TLS said in different words: the pool of the requests by properties of Quarkus, JDBC, which migrates,
 * by its URL, since Flyway connects with a login of its own and takes nothing but the URL from the datasource. This turns
 * countinghouse.database.tls, .ca and .cached-statements into both, so that no service can migrate with TLS and work without.
 */
@StaticInitSafe
public final class DatabaseSettings implements ConfigSourceFactory {

    static final String TLS = "countinghouse.database.tls";
    static final String AUTHORITY = "countinghouse.database.ca";
    static final String CACHED_STATEMENTS = "countinghouse.database.cached-statements";

    /** What microprofile-config.properties ends the URL of JDBC with. */
    static final String JDBC_PARAMETERS = "countinghouse.database.jdbc-parameters";

    private static final String POOL = "quarkus.datasource.reactive.";

    /** Above the defaults of Quarkus and of this library; below a service's own file and the environment. */
    private static final int ORDINAL = 110;

    @Override
    public OptionalInt getPriority() {
        return OptionalInt.of(ORDINAL);
    }

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        return List.of(new PropertiesConfigSource(
                of(
                        value(context, TLS, "disable"),
                        value(context, AUTHORITY, ""),
                        value(context, CACHED_STATEMENTS, "true")),
                "DatabaseSettings",
                ORDINAL));
    }

    /**
     * @param authority a file of certificates in PEM; empty where none is checked
     * @throws IllegalArgumentException with what the person who sets the variables has to change
     */
    static Map<String, String> of(String tls, String authority, String cachedStatements) {
        Map<String, String> settings = new HashMap<>();
        switch (tls) {
            case "disable" -> settings.put(JDBC_PARAMETERS, "sslmode=disable");
            case "require" -> {
                settings.put(JDBC_PARAMETERS, "sslmode=require");
                settings.put(POOL + "trust-all", "true");
            }
            case "verify-full" -> {
                check(authority);
                settings.put(
                        JDBC_PARAMETERS,
                        "sslmode=verify-full&sslrootcert=" + URLEncoder.encode(authority, StandardCharsets.UTF_8));
                settings.put(POOL + "trust-certificate-pem", "true");
                settings.put(POOL + "trust-certificate-pem.certs", authority);
                settings.put(POOL + "hostname-verification-algorithm", "HTTPS");
            }
            default ->
                throw new IllegalArgumentException(
                        TLS + " is '" + tls + "'; it is one of disable, require and verify-full");
        }
        settings.put(POOL + "postgresql.ssl-mode", tls);
        boolean cached = switch (cachedStatements) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new IllegalArgumentException(
                        CACHED_STATEMENTS + " is '" + cachedStatements + "'; it is true or false");
        };
        settings.put(POOL + "cache-prepared-statements", String.valueOf(cached));
        // Without it a statement is parsed and run in two steps, between which a pooler may change the connection.
        settings.put(POOL + "postgresql.use-layer7-proxy", String.valueOf(!cached));
        return settings;
    }

    private static void check(String authority) {
        if (authority.isEmpty()) {
            throw new IllegalArgumentException(TLS + " is 'verify-full', which needs " + AUTHORITY
                    + ": the file with the certificates, in PEM, of the authorities that sign the server's");
        }
        try {
            if (!Files.readString(Path.of(authority)).contains("-----BEGIN CERTIFICATE-----")) {
                throw new IllegalArgumentException(
                        AUTHORITY + " is '" + authority + "', which holds no certificate in PEM");
            }
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    AUTHORITY + " is '" + authority + "', which cannot be read: "
                            + e.getClass().getSimpleName(),
                    e);
        }
    }

    private static String value(ConfigSourceContext context, String name, String otherwise) {
        ConfigValue value = context.getValue(name);
        return value == null || value.getValue() == null || value.getValue().isBlank()
                ? otherwise
                : value.getValue().strip();
    }
}

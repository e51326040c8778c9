package io.countinghouse.defaults.secret;

import io.countinghouse.defaults.secret.WatchedSecret.Version;
import io.countinghouse.defaults.vault.Vault;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.jboss.logging.Logger;

/**
 * The secrets that may change while a service runs. Without Vault a secret is what is configured; with it, what Vault
 * holds under the service's name, read again in the background, and what is configured only where Vault holds nothing.
 */
@ApplicationScoped
public class Secrets {

    private static final Logger LOG = Logger.getLogger(Secrets.class);
    private static final String UNCOUNTED = "none";

    /** All keys of the service's own path, which the configuration was made from at the start. */
    private static final String CONFIGURATION = "configuration";

    private final Vault vault;
    private final Config config;
    private final SecretMetrics metrics;
    private final Vertx vertx;
    private final List<Watch> watches = new CopyOnWriteArrayList<>();
    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private volatile long timer = -1;

    /** @param path below the service's own; @param properties the configuration property of each key */
    private record Watch(WatchedSecret secret, String path, Map<String, String> properties) {}

    Secrets(Vault vault, Config config, SecretMetrics metrics, Vertx vertx) {
        this.vault = vault;
        this.config = config;
        this.metrics = metrics;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        uses("service", "countinghouse.service-secret");
        if (vault.isEnabled()) {
            watch(CONFIGURATION, "", Map.of());
            timer = vertx.setPeriodic(vault.refresh().toMillis(), _ -> watches.forEach(this::readAgain));
        } else {
            uses("database", "quarkus.datasource.password");
        }
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(timer);
    }

    /** Only for the metrics: a secret that is read from the configuration at the start. */
    public void uses(String name, String property) {
        ConfigValue value = config.getConfigValue(property);
        if (value.getValue() != null && !value.getValue().isBlank()) {
            metrics.inUse(name, sourceOf(value), UNCOUNTED, Optional.empty());
        }
    }

    /**
     * To be called while the service starts: the first reading is waited for, and fails the start when Vault stays away.
     *
     * @param properties the configuration property of each key, in force where Vault holds no such secret
     */
    public WatchedSecret watch(String name, Map<String, String> properties) {
        return watch(name, name, properties);
    }

    private WatchedSecret watch(String name, String path, Map<String, String> properties) {
        Watch watch = new Watch(new WatchedSecret(name, configured(properties)), path, properties);
        metrics.watches(name);
        if (vault.isEnabled()) {
            if (!Infrastructure.canCallerThreadBeBlocked()) {
                throw new IllegalStateException("secret '" + name + "' is watched first on an event loop");
            }
            Vault.patiently(read(watch)).await().indefinitely();
            watches.add(watch);
        } else {
            report(watch, Optional.empty());
        }
        return watch.secret();
    }

    /**
     * Reads one secret out of turn, at most once a second, for who has met something that an unknown version may explain.
     *
     * @return whether it is another version now; false when Vault is away or not used
     */
    public Uni<Boolean> isNewer(WatchedSecret secret) {
        Optional<Watch> watched =
                watches.stream().filter(watch -> watch.secret() == secret).findFirst();
        if (watched.isEmpty() || !secret.mayBeAskedFor()) {
            return Uni.createFrom().item(false);
        }
        Version before = secret.current();
        return read(watched.get())
                .map(_ -> !before.equals(secret.current()))
                .onFailure()
                .recoverWithItem(failure -> {
                    metrics.failed(secret.name());
                    return false;
                });
    }

    private void readAgain(Watch watch) {
        String name = watch.secret().name();
        read(watch)
                .subscribe()
                .with(
                        _ -> {
                            if (failing.remove(name)) {
                                LOG.infof("secret '%s' is read from Vault again", name);
                            }
                        },
                        failure -> {
                            metrics.failed(name);
                            if (failing.add(name)) {
                                LOG.warnf(
                                        "secret '%s' cannot be read from Vault (%s); the last version stays in use",
                                        name, Vault.reason(failure));
                            }
                        });
    }

    private Uni<Void> read(Watch watch) {
        return vault.read(watch.path())
                .invoke(found -> {
                    Version version = found.map(stored -> new Version(
                                    SecretSource.VAULT,
                                    stored.version(),
                                    watch.path().isEmpty() ? Map.of() : stored.values()))
                            .orElseGet(() -> configured(watch.properties()));
                    if (watch.secret().replace(version) && timer >= 0) {
                        LOG.infof("secret '%s' is now %s", watch.secret().name(), version);
                    }
                    report(watch, found.map(Vault.Stored::createdAt));
                })
                .replaceWithVoid();
    }

    private void report(Watch watch, Optional<Instant> since) {
        Version version = watch.secret().current();
        if (version.source() == SecretSource.VAULT || !version.values().isEmpty()) {
            metrics.inUse(
                    watch.secret().name(),
                    version.source(),
                    version.number() == 0 ? UNCOUNTED : String.valueOf(version.number()),
                    since);
        }
    }

    private Version configured(Map<String, String> properties) {
        Map<String, String> values = new HashMap<>();
        properties.forEach((key, property) -> config.getOptionalValue(property, String.class)
                .filter(value -> !value.isBlank())
                .ifPresent(value -> values.put(key, value)));
        return new Version(SecretSource.ENVIRONMENT, 0, Map.copyOf(values));
    }

    /** quarkus-vault names its config source after itself. */
    private static SecretSource sourceOf(ConfigValue value) {
        return "vault".equals(value.getSourceName()) ? SecretSource.VAULT : SecretSource.ENVIRONMENT;
    }
}

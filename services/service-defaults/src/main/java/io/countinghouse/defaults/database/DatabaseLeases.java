package io.countinghouse.defaults.database;

import io.countinghouse.defaults.secret.SecretMetrics;
import io.countinghouse.defaults.secret.SecretSource;
import io.countinghouse.defaults.vault.Vault;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.Unremovable;
import io.quarkus.credentials.CredentialsProvider;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Leases the database logins of the connection pools. A login is renewed, or followed by a new one, when half of its time
 * is over, so that a connection always begins with one that is good for as long as the connection may live
 * (countinghouse.database.max-lifetime), and a Vault that is away is noticed with half of the time left. Connections
 * are made with the login held in memory: making one asks Vault nothing.
 *
 * <p>The extension's own provider asks Vault for every connection and fails with it, which is why it is not used.
 */
@ApplicationScoped
@Unremovable
@Named("database-leases")
class DatabaseLeases implements CredentialsProvider {

    private static final Logger LOG = Logger.getLogger(DatabaseLeases.class);

    /** Fine against the shortest lease that makes sense, and a Vault that comes back is found at once. */
    private static final long LOOK_EVERY_MILLIS = 1000;

    private final Vault vault;
    private final SecretMetrics secrets;
    private final MeterRegistry registry;
    private final Vertx vertx;
    private final String prefix;
    private final Map<String, Held> held = new ConcurrentHashMap<>();
    private volatile long timer = -1;

    DatabaseLeases(
            Vault vault,
            SecretMetrics secrets,
            MeterRegistry registry,
            Vertx vertx,
            @ConfigProperty(name = "countinghouse.metrics.prefix") String prefix) {
        this.vault = vault;
        this.secrets = secrets;
        this.registry = registry;
        this.vertx = vertx;
        this.prefix = prefix;
    }

    @Override
    public Uni<Map<String, String>> getCredentialsAsync(String role) {
        return held.computeIfAbsent(role, this::hold).login();
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(timer);
    }

    private synchronized Held hold(String role) {
        if (timer < 0) {
            timer = vertx.setPeriodic(LOOK_EVERY_MILLIS, _ -> held.values().forEach(Held::keep));
        }
        Held one = new Held(role);
        Gauge.builder(prefix + ".database.lease.seconds", one::secondsLeft)
                .tag("role", role)
                .register(registry);
        return one;
    }

    /** The login in use for one role of the database engine. */
    private final class Held {

        private final String role;
        private volatile HeldLease current;
        private volatile boolean failing;
        private Uni<HeldLease> leasing;
        private volatile boolean keeping;

        Held(String role) {
            this.role = role;
        }

        Uni<Map<String, String>> login() {
            HeldLease lease = current;
            Uni<HeldLease> usable = lease != null && lease.isValidAt(Instant.now())
                    ? Uni.createFrom().item(lease)
                    : lease();
            return usable.map(now -> Map.of(
                    USER_PROPERTY_NAME, now.lease().username(),
                    PASSWORD_PROPERTY_NAME, now.lease().password(),
                    EXPIRATION_TIMESTAMP_PROPERTY_NAME, now.expiresAt().toString()));
        }

        /** One request to Vault, however many connections wait for it. */
        private synchronized Uni<HeldLease> lease() {
            if (leasing == null) {
                Uni<Vault.Lease> asked = vault.leaseDatabaseLogin(role);
                leasing = (current == null ? Vault.patiently(asked) : asked)
                        .map(lease -> HeldLease.startedAt(Instant.now(), lease))
                        .invoke(this::hold)
                        .onTermination()
                        .invoke(this::leased)
                        .memoize()
                        .indefinitely();
            }
            return leasing;
        }

        private synchronized void leased() {
            leasing = null;
        }

        private void hold(HeldLease lease) {
            current = lease;
            secrets.inUse("database", SecretSource.VAULT, "lease", Optional.of(lease.createdAt()));
        }

        /** Called every second: never fails, never runs twice at once. */
        void keep() {
            HeldLease lease = current;
            if (keeping || lease == null || !lease.isHalfOverAt(Instant.now())) {
                return;
            }
            keeping = true;
            prolong(lease)
                    .onTermination()
                    .invoke(() -> keeping = false)
                    .subscribe()
                    .with(
                            _ -> {
                                if (failing) {
                                    LOG.info("the database login is leased from Vault again");
                                }
                                failing = false;
                            },
                            this::failed);
        }

        /** A renewal that came out short, or was refused, is followed by a new login. */
        private Uni<HeldLease> prolong(HeldLease lease) {
            if (!lease.lease().renewable() || !lease.isValidAt(Instant.now())) {
                return lease();
            }
            return vault.renew(lease.lease())
                    .map(renewed -> lease.renewedAt(Instant.now(), renewed))
                    .onFailure()
                    .recoverWithNull()
                    .chain(renewed -> {
                        if (renewed == null || renewed.isShort()) {
                            return lease();
                        }
                        hold(renewed);
                        return Uni.createFrom().item(renewed);
                    });
        }

        private void failed(Throwable failure) {
            secrets.failed("database");
            if (!failing) {
                LOG.warnf(
                        "the database login of role '%s' cannot be leased anew (%s); the present one holds for %d s",
                        role, Vault.reason(failure), (long) secondsLeft());
            }
            failing = true;
        }

        double secondsLeft() {
            HeldLease lease = current;
            return lease == null ? 0 : lease.secondsLeftAt(Instant.now());
        }
    }
}

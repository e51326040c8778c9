package io.countinghouse.auth.machine;

import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.countinghouse.defaults.time.Ids;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** Makes the seven services known at start, so that they can log in before anybody has. */
@ApplicationScoped
class ServiceAccountBootstrap {

    private static final int HASH_BYTES = 32;

    private final ServiceAccountConfig config;
    private final ServiceAccountRepository accounts;
    private final TenantTransaction transaction;
    private final Clock clock;

    ServiceAccountBootstrap(
            ServiceAccountConfig config,
            ServiceAccountRepository accounts,
            TenantTransaction transaction,
            Clock clock) {
        this.config = config;
        this.accounts = accounts;
        this.transaction = transaction;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) throws Throwable {
        // In the order of names: two replicas that start together lock the rows one after the other.
        Map<String, byte[]> hashes = new TreeMap<>();
        config.serviceAccounts()
                .forEach((name, account) -> account.secretHash().ifPresent(hash -> hashes.put(name, read(name, hash))));
        VertxContextSupport.subscribeAndAwait(() -> transaction.forAllTenants(() -> upsert(hashes)));
    }

    private Uni<Void> upsert(Map<String, byte[]> hashes) {
        Uni<Void> all = Uni.createFrom().voidItem();
        for (Map.Entry<String, byte[]> each : hashes.entrySet()) {
            all = all.chain(() -> accounts.upsertService(Ids.next(), each.getKey(), each.getValue(), clock.instant()));
        }
        return all;
    }

    private static byte[] read(String name, String hex) {
        try {
            byte[] hash = HexFormat.of().parseHex(hex.strip());
            if (hash.length == HASH_BYTES) {
                return hash;
            }
        } catch (IllegalArgumentException e) {
            // Told below, in words that name the property.
        }
        throw new IllegalArgumentException(
                "countinghouse.auth.bootstrap.service-accounts.\"%s\".secret-hash must be 64 hexadecimal digits"
                        .formatted(name));
    }
}

package io.countinghouse.defaults.vault;

import io.quarkus.vault.client.VaultClient;
import io.quarkus.vault.client.VaultClientException;
import io.quarkus.vault.client.api.common.VaultAnyResult;
import io.quarkus.vault.client.common.VaultLeasedResultExtractor;
import io.quarkus.vault.client.common.VaultRequest;
import io.quarkus.vault.client.common.VaultResponse;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What the services ask of Vault, without blocking. Every answer comes, or fails, within the client's timeout of two
 * seconds. Asking while Vault is not configured is an error of the program: look at {@link #isEnabled} first.
 */
@ApplicationScoped
public class Vault {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final VaultConfig config;
    private final Instance<VaultClient> client;
    private final String service;

    Vault(
            VaultConfig config,
            Instance<VaultClient> client,
            @ConfigProperty(name = "quarkus.application.name") String service) {
        this.config = config;
        this.client = client;
        this.service = service;
    }

    /** A secret of the KV engine, at one version. */
    public record Stored(Map<String, String> values, int version, Instant createdAt) {}

    /** A database login that Vault made, and until when. */
    public record Lease(String id, String username, String password, Duration duration, boolean renewable) {

        @Override
        public String toString() {
            return "a database lease of " + duration.toSeconds() + " s";
        }
    }

    public boolean isEnabled() {
        return config.enabled();
    }

    public Duration refresh() {
        return config.refresh();
    }

    /** The newest version of {@code <prefix>/<service>/<name>}, of {@code <prefix>/<service>} for an empty name. */
    public Uni<Optional<Stored>> read(String name) {
        String path = name.isEmpty() ? service : service + "/" + name;
        return ask(vault -> vault.secrets().kv2(config.prefix()).readSecret(path))
                .map(found -> {
                    Map<String, String> values = new HashMap<>();
                    found.getData().forEach((key, value) -> {
                        if (value != null) {
                            values.put(key, value.toString());
                        }
                    });
                    return Optional.of(new Stored(
                            Map.copyOf(values),
                            found.getMetadata().getVersion(),
                            found.getMetadata().getCreatedTime().toInstant()));
                })
                // A secret that was never written or has been deleted: the configured value holds.
                .onFailure(failure -> status(failure) == 404)
                .recoverWithItem(Optional.empty());
    }

    /** @param role what follows the service's name in the name of the engine's role: {@code app} or {@code owner} */
    public Uni<Lease> leaseDatabaseLogin(String role) {
        var request = VaultRequest.get("lease a database login")
                .path(config.prefix() + "-database", "creds", service + "-" + role)
                .expectOkStatus()
                .build(VaultLeasedResultExtractor.of(VaultAnyResult.class));
        return ask(vault -> vault.execute(request))
                .map(VaultResponse::getResult)
                .map(made -> new Lease(
                        made.getLeaseId(),
                        made.getData().get("username").toString(),
                        made.getData().get("password").toString(),
                        made.getLeaseDuration(),
                        made.isRenewable()));
    }

    /** The same login for longer; for how long, the answer says: never beyond the role's longest time. */
    public Uni<Lease> renew(Lease lease) {
        return ask(vault -> vault.sys().leases().renew(lease.id(), null))
                .map(renewed -> new Lease(
                        lease.id(),
                        lease.username(),
                        lease.password(),
                        renewed.getLeaseDuration(),
                        renewed.isRenewable()));
    }

    /** The transit engine's mount, for whoever signs with a key that never leaves Vault. */
    public String transitMount() {
        return config.prefix() + "-transit";
    }

    /** The PKI engine's mount, and the role that issues for this service. */
    public String pkiMount() {
        return config.prefix() + "-pki";
    }

    public String service() {
        return service;
    }

    /** Any other question to Vault. */
    public <T> Uni<T> ask(Function<VaultClient, CompletionStage<T>> question) {
        return Uni.createFrom()
                .completionStage(() -> question.apply(client.get()))
                .onFailure(CompletionException.class)
                .transform(failure -> failure.getCause() == null ? failure : failure.getCause());
    }

    /**
     * For what must be there at the start: asked again for half a minute while no answer comes, since the pod may be the one
     * that is slow.
     */
    public static <T> Uni<T> patiently(Uni<T> question) {
        return question.onFailure(failure -> status(failure) == 0)
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .expireIn(PATIENCE.toMillis());
    }

    /** In a few words and without addresses, for logs: what the client says can quote a path and a whole answer. */
    public static String reason(Throwable failure) {
        int status = status(failure);
        return status == 0 ? failure.getClass().getSimpleName() : "status " + status;
    }

    private static int status(Throwable failure) {
        if (failure instanceof CompletionException && failure.getCause() != null) {
            return status(failure.getCause());
        }
        return failure instanceof VaultClientException refused && refused.getStatus() != null ? refused.getStatus() : 0;
    }
}

package io.countinghouse.defaults.tls;

import io.countinghouse.defaults.secret.SecretMetrics;
import io.countinghouse.defaults.secret.SecretSource;
import io.countinghouse.defaults.vault.Vault;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vault.client.VaultClient;
import io.quarkus.vault.client.api.secrets.pki.VaultSecretsPKIIssueParams;
import io.quarkus.vault.client.api.secrets.pki.VaultSecretsPKIIssueResultData;
import io.quarkus.vault.runtime.client.Private;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The certificate in use. Asked for again and again by the TLS registry, on a thread that may wait; the first time before
 * there is a Vert.x, which is why Vault is asked by the client that reads the configuration.
 */
@ApplicationScoped
class PodCertificate {

    private static final Logger LOG = Logger.getLogger(PodCertificate.class);
    private static final String SECRET = "certificate";

    private final Vault vault;
    private final Instance<VaultClient> client;
    private final TlsConfig config;
    private final SecretMetrics metrics;
    private volatile Issued current;
    private volatile boolean started;

    PodCertificate(Vault vault, @Private Instance<VaultClient> client, TlsConfig config, SecretMetrics metrics) {
        this.client = client;
        this.vault = vault;
        this.config = config;
        this.metrics = metrics;
    }

    /** In PEM. */
    record Issued(
            List<String> chain,
            String privateKey,
            List<String> authorities,
            String serial,
            Instant since,
            Instant until) {

        boolean isDueAt(Instant now) {
            return !now.isBefore(
                    since.plus(Duration.between(since, until).multipliedBy(2).dividedBy(3)));
        }

        @Override
        public String toString() {
            return "certificate " + serial + " until " + until;
        }
    }

    boolean isEnabled() {
        return config.enabled();
    }

    /** The first is waited for and fails the start; a later one that Vault does not give is tried again next time. */
    synchronized Issued current() {
        if (current == null) {
            current = issue();
        } else if (current.isDueAt(Instant.now())) {
            try {
                current = issue();
                LOG.infof("from now on %s", current);
            } catch (RuntimeException e) {
                metrics.failed(SECRET);
                LOG.warnf("no new certificate from Vault (%s); in use stays %s", Vault.reason(e), current);
            }
        }
        report();
        return current;
    }

    /** The first certificate is made before there are metrics. */
    void start(@Observes StartupEvent event) {
        started = true;
        report();
    }

    private void report() {
        if (started && current != null) {
            metrics.inUse(SECRET, SecretSource.VAULT, current.serial(), Optional.of(current.since()));
        }
    }

    private Issued issue() {
        Instant now = Instant.now();
        VaultSecretsPKIIssueParams wanted = new VaultSecretsPKIIssueParams()
                .setCommonName(vault.service())
                .setAltNames(config.names().orElse(List.of()))
                .setTtl(config.lifetime());
        Uni<VaultSecretsPKIIssueResultData> asked = Uni.createFrom()
                .completionStage(
                        () -> client.get().secrets().pki(vault.pkiMount()).issue(vault.service(), wanted));
        VaultSecretsPKIIssueResultData made =
                (current == null ? Vault.patiently(asked) : asked).await().indefinitely();
        List<String> authorities =
                made.getCaChain() == null || made.getCaChain().isEmpty()
                        ? List.of(made.getIssuingCa())
                        : made.getCaChain();
        return new Issued(
                List.of(made.getCertificate()),
                made.getPrivateKey(),
                authorities,
                made.getSerialNumber(),
                now,
                made.getExpiration().toInstant());
    }
}

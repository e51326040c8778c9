package io.countinghouse.defaults.tls;

import io.quarkus.arc.Unremovable;
import io.quarkus.tls.runtime.KeyStoreAndKeyCertOptions;
import io.quarkus.tls.runtime.KeyStoreProvider;
import io.quarkus.tls.runtime.TrustStoreAndTrustOptions;
import io.quarkus.tls.runtime.TrustStoreProvider;
import io.smallrye.common.annotation.Identifier;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import jakarta.enterprise.context.ApplicationScoped;

/** What the TLS registry knows by the name "pods"; empty where TLS is not switched on. */
@ApplicationScoped
@Unremovable
@Identifier("pods")
class PodStores implements KeyStoreProvider, TrustStoreProvider {

    private final PodCertificate certificate;

    PodStores(PodCertificate certificate) {
        this.certificate = certificate;
    }

    @Override
    public KeyStoreAndKeyCertOptions getKeyStore(Vertx vertx) {
        if (!certificate.isEnabled()) {
            return null;
        }
        PodCertificate.Issued issued = certificate.current();
        PemKeyCertOptions options = new PemKeyCertOptions()
                .addCertValue(Buffer.buffer(String.join("\n", issued.chain())))
                .addKeyValue(Buffer.buffer(issued.privateKey()));
        try {
            return new KeyStoreAndKeyCertOptions(options.loadKeyStore(vertx), options);
        } catch (Exception e) {
            throw new IllegalStateException("Vault's answer is not a certificate with its key", e);
        }
    }

    @Override
    public TrustStoreAndTrustOptions getTrustStore(Vertx vertx) {
        if (!certificate.isEnabled()) {
            return null;
        }
        PemTrustOptions options = new PemTrustOptions();
        certificate.current().authorities().forEach(authority -> options.addCertValue(Buffer.buffer(authority)));
        try {
            return new TrustStoreAndTrustOptions(options.loadKeyStore(vertx), options);
        } catch (Exception e) {
            throw new IllegalStateException("Vault's answer names no certificate authority", e);
        }
    }
}

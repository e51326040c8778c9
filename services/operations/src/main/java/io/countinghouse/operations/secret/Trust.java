package io.countinghouse.operations.secret;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Whom a TLS client believes. */
public final class Trust {

    private Trust() {}

    /** @param authority the only one that is trusted, in PEM */
    public static SSLContext only(String authority) {
        return context(managers(authority));
    }

    /**
     * For ports of this machine that are forwarded to services: who answers has to have a certificate of the authority in the
     * name of the service, not of this machine.
     *
     * @param authority the only one that is trusted, in PEM
     * @param services  by port of this machine
     */
    public static SSLContext forwarded(String authority, Map<Integer, String> services) {
        X509TrustManager chain = Arrays.stream(managers(authority))
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .findFirst()
                .orElseThrow();
        return context(new TrustManager[] {new ForwardedTrust(chain, Map.copyOf(services))});
    }

    private static SSLContext context(TrustManager[] managers) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no TLS: " + e.getMessage(), e);
        }
    }

    private static TrustManager[] managers(String authority) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null);
            store.setCertificateEntry(
                    "authority",
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(
                                    new ByteArrayInputStream(authority.getBytes(StandardCharsets.US_ASCII))));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            return trust.getTrustManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("no certificate in PEM: " + e.getMessage(), e);
        }
    }
}

package io.countinghouse.defaults.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Trusts a company's own certificate authorities beside the well-known ones, in every client of this process: the runtime
 * reads its trust store once, when the first of them is made, and so this comes before the application.
 */
public final class TrustedAuthorities {

    /** Names a file with certificates in PEM. */
    static final String VARIABLE = "COUNTINGHOUSE_CA_BUNDLE";

    /** A trust store holds nothing secret, and its format asks for a password. */
    private static final String PASSWORD = "not-a-secret";

    private TrustedAuthorities() {}

    /**
     * Does nothing where {@value #VARIABLE} is not set.
     *
     * @throws IllegalStateException when the file cannot be read or holds no certificate
     */
    public static void install() {
        String bundle = System.getenv(VARIABLE);
        if (bundle == null || bundle.isEmpty()) {
            return;
        }
        Path store = storeWith(Path.of(bundle));
        System.setProperty("javax.net.ssl.trustStore", store.toString());
        System.setProperty("javax.net.ssl.trustStoreType", "PKCS12");
        System.setProperty("javax.net.ssl.trustStorePassword", PASSWORD);
    }

    /** A store with the authorities of the runtime and those of a file, deleted when the process ends. */
    static Path storeWith(Path bundle) {
        try (InputStream pem = Files.newInputStream(bundle)) {
            Collection<? extends Certificate> own =
                    CertificateFactory.getInstance("X.509").generateCertificates(pem);
            if (own.isEmpty()) {
                throw new IllegalStateException(VARIABLE + ": '" + bundle + "' holds no certificate in PEM");
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            int count = 0;
            for (Certificate authority :
                    Stream.concat(wellKnown(), own.stream()).toList()) {
                store.setCertificateEntry("authority-" + count++, authority);
            }
            Path file = Files.createTempFile("countinghouse-authorities-", ".p12");
            file.toFile().deleteOnExit();
            try (OutputStream out = Files.newOutputStream(file)) {
                store.store(out, PASSWORD.toCharArray());
            }
            return file;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(
                    VARIABLE + ": the certificates in '" + bundle + "' cannot be read: " + e.getMessage(), e);
        }
    }

    private static Stream<X509Certificate> wellKnown() throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()));
    }
}

package io.countinghouse.operations.secret;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/** Looks for the name of the service that a port is forwarded to, where TLS would look for the name in the address. */
final class ForwardedTrust extends X509ExtendedTrustManager {

    /** RFC 5280, section 4.2.1.6: dNSName. */
    private static final int DNS_NAME = 2;

    private final X509TrustManager chain;
    private final Map<Integer, String> services;

    ForwardedTrust(X509TrustManager chain, Map<Integer, String> services) {
        this.chain = chain;
        this.services = services;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] certificates, String type, SSLEngine engine)
            throws CertificateException {
        check(certificates, type, engine.getPeerPort());
    }

    @Override
    public void checkServerTrusted(X509Certificate[] certificates, String type, Socket socket)
            throws CertificateException {
        check(certificates, type, socket.getPort());
    }

    private void check(X509Certificate[] certificates, String type, int port) throws CertificateException {
        chain.checkServerTrusted(certificates, type);
        String service = services.get(port);
        if (service == null) {
            throw new CertificateException("port " + port + " is forwarded to no service");
        }
        Collection<List<?>> names = certificates[0].getSubjectAlternativeNames();
        if (names == null || names.stream().noneMatch(name -> name.equals(List.of(DNS_NAME, service)))) {
            throw new CertificateException(
                    "the certificate is for " + (names == null ? "nobody" : names) + ", not for " + service);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] certificates, String type) throws CertificateException {
        throw new CertificateException("a server without a connection has no name");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] certificates, String type, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(certificates, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] certificates, String type, Socket socket)
            throws CertificateException {
        checkClientTrusted(certificates, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] certificates, String type) throws CertificateException {
        throw new CertificateException("nobody is served here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return chain.getAcceptedIssuers();
    }
}

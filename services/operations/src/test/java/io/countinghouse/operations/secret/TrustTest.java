package io.countinghouse.operations.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom a client of a forwarded port believes, against a server whose certificate is for usage-service. */
class TrustTest {

    private static final String PASSWORD = "of-this-test";

    @TempDir
    static Path folder;

    private static HttpsServer server;
    private static String authority;

    @BeforeAll
    static void serve() throws Exception {
        KeyStore keys = keys("server");
        authority = pem(keys);
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    @Test
    void aForwardedPortAnswersInTheNameOfItsService() throws Exception {
        // When
        int status = ask(Trust.forwarded(authority, Map.of(port(), "usage-service")));
        // Then
        assertThat(status).isEqualTo(204);
    }

    @Test
    void theCertificateOfAnotherServiceIsRefused() {
        // When
        SSLContext trust = Trust.forwarded(authority, Map.of(port(), "billing-service"));
        // Then
        assertThatThrownBy(() -> ask(trust))
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("usage-service")
                .hasMessageContaining("not for billing-service");
    }

    @Test
    void aPortThatIsForwardedToNoServiceIsRefused() {
        // When
        SSLContext trust = Trust.forwarded(authority, Map.of(port() + 1, "usage-service"));
        // Then
        assertThatThrownBy(() -> ask(trust))
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("forwarded to no service");
    }

    @Test
    void aCertificateOfAnotherAuthorityIsRefused() throws Exception {
        // When
        SSLContext trust = Trust.forwarded(pem(keys("other")), Map.of(port(), "usage-service"));
        // Then
        assertThatThrownBy(() -> ask(trust)).isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void withoutAForwardTheNameInTheAddressCounts() {
        // When
        SSLContext trust = Trust.only(authority);
        // Then
        assertThatThrownBy(() -> ask(trust)).isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void whatIsNoCertificateIsNoAuthority() {
        assertThatThrownBy(() -> Trust.forwarded("nothing", Map.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private static int ask(SSLContext trust) throws Exception {
        try (HttpClient client = HttpClient.newBuilder().sslContext(trust).build()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port() + "/"))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private static int port() {
        return server.getAddress().getPort();
    }

    /** A key with a certificate for usage-service that it signed itself; the JDK makes them by keytool alone. */
    private static KeyStore keys(String name) throws Exception {
        Path file = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD,
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "SAN=dns:usage-service")
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes());
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    private static String pem(KeyStore keys) throws Exception {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(keys.getCertificate("server").getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }
}

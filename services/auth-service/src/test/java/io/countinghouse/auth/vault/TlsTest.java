package io.countinghouse.auth.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.countinghouse.testing.VaultServer;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** HTTPS by a certificate of a real Vault's PKI engine, which gives none for longer than half a minute here. */
@QuarkusTest
@TestProfile(TlsTest.InTlsMode.class)
@EnabledIfEnvironmentVariable(named = VaultServer.BINARY, matches = ".+", disabledReason = VaultServer.SKIPPED)
class TlsTest {

    @TestHTTPResource(value = "/health/ready", management = true)
    URI ready;

    @Test
    void theServiceIsReachedByHttpsWithACertificateThatIsRenewedWhileItRuns() throws Exception {
        BigInteger first = serial();
        assertThat(get(HttpClient.newHttpClient(), ready).statusCode()).isEqualTo(200);

        // While Vert.x takes the new certificate over, for some milliseconds, it refuses new connections.
        await().atMost(Duration.ofMinutes(2))
                .ignoreExceptionsInstanceOf(SSLException.class)
                .until(() -> !serial().equals(first));
    }

    @Test
    void whoDoesNotKnowTheAuthorityDoesNotTrustTheService() {
        assertThatThrownBy(() -> get(HttpClient.newHttpClient(), api())).isInstanceOf(IOException.class);
    }

    private static BigInteger serial() throws Exception {
        // A client for each call: a kept connection would show the certificate that it began with.
        HttpClient client = HttpClient.newBuilder().sslContext(trusting()).build();
        HttpResponse<String> answer = get(client, api());
        assertThat(answer.statusCode()).isEqualTo(200);
        return ((X509Certificate) answer.sslSession().orElseThrow().getPeerCertificates()[0]).getSerialNumber();
    }

    private static URI api() {
        return URI.create("https://localhost:"
                + ConfigProvider.getConfig().getValue("quarkus.http.test-ssl-port", Integer.class)
                + "/.well-known/jwks.json");
    }

    private static HttpResponse<String> get(HttpClient client, URI uri) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static SSLContext trusting() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null);
        store.setCertificateEntry(
                "authority",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(VaultServer.authority().getBytes(StandardCharsets.US_ASCII))));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** As an installation whose pods speak TLS to each other. */
    public static class InTlsMode implements QuarkusTestProfile {
        @Override
        public String getConfigProfile() {
            return "test,vault,tls";
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "countinghouse.tls.names", "localhost",
                    "quarkus.tls.pods.reload-period", "1s",
                    "quarkus.http.test-ssl-port", "18443");
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(VaultServer.class, VaultServer.of("auth-service")));
        }
    }
}

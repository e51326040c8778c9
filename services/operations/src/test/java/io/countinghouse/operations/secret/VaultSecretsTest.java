package io.countinghouse.operations.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.countinghouse.operations.OperationException;
import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Against a real Vault, in memory and on loopback, laid out as vault/bootstrap does. */
@EnabledIfEnvironmentVariable(
        named = VaultSecretsTest.BINARY,
        matches = ".+",
        disabledReason = VaultSecretsTest.BINARY + " does not name a Vault executable")
class VaultSecretsTest {

    static final String BINARY = "VAULT_BINARY";

    private static final String TOKEN = "only-for-tests";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static Process server;
    private static String address;

    @BeforeAll
    static void start() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        server = new ProcessBuilder(
                        System.getenv(BINARY),
                        "server",
                        "-dev",
                        "-dev-no-store-token",
                        "-dev-root-token-id=" + TOKEN,
                        "-dev-listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .start();
        BufferedReader log = server.inputReader();
        String line = log.readLine();
        while (line != null && !line.contains("Development mode should NOT be used")) {
            line = log.readLine();
        }
        assertThat(line).as("Vault started").isNotNull();
        // What nobody reads any more must not stop it.
        Thread.ofVirtual().start(() -> log.lines().forEach(_ -> {}));
        address = "http://127.0.0.1:" + port;
        layOut();
    }

    private static void layOut() throws Exception {
        write("sys/mounts/countinghouse", Map.of("type", "kv", "options", Map.of("version", "2")));
        write("countinghouse/data/operator", Map.of("data", Map.of("password", "of the operator")));
        write("countinghouse/data/auth-service", Map.of("data", Map.of(Seal.TOKEN_KEYS.property(), "of the keys")));
        write("countinghouse/data/audit-log-service", Map.of("data", Map.of("something", "else")));
        write("sys/mounts/countinghouse-pki", Map.of("type", "pki"));
        write("countinghouse-pki/root/generate/internal", Map.of("common_name", "pods of the tests"));
        write("sys/mounts/countinghouse-transit", Map.of("type", "transit"));
        write("countinghouse-transit/keys/access-token", Map.of("type", "ecdsa-p256"));
    }

    private static void write(String path, Map<String, ?> values) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/v1/" + path))
                .header("X-Vault-Token", TOKEN)
                .POST(HttpRequest.BodyPublishers.ofByteArray(new ObjectMapper().writeValueAsBytes(values)))
                .build();
        HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(path + ": " + answer.body()).isBetween(200, 204);
    }

    @AfterAll
    static void stop() {
        server.destroyForcibly();
    }

    private static VaultSecrets secrets() {
        return VaultSecrets.logIn(address, Map.of("VAULT_TOKEN", TOKEN)::get);
    }

    @Test
    void secretsAreReadBeforeAndAfterWhatHasNoVersions() {
        try (VaultSecrets secrets = secrets()) {
            assertThat(secrets.operatorPassword()).isEqualTo("of the operator");

            assertThat(secrets.authority()).get().asString().startsWith("-----BEGIN CERTIFICATE-----");
            assertThat(secrets.signingKey(1)).get().asString().startsWith("-----BEGIN PUBLIC KEY-----");

            assertThat(secrets.operatorPassword()).isEqualTo("of the operator");
            assertThat(secrets.sealing(Seal.TOKEN_KEYS)).isEqualTo("of the keys");
        }
    }

    @Test
    void aVersionOfTheSigningKeyThatVaultDoesNotHaveIsEmpty() {
        try (VaultSecrets secrets = secrets()) {
            assertThat(secrets.signingKey(2)).isEmpty();
        }
    }

    @Test
    void whatIsMissingIsNamed() {
        try (VaultSecrets secrets = secrets()) {
            assertThatThrownBy(() -> secrets.sealing(Seal.CHECKPOINT_KEYS))
                    .isInstanceOf(OperationException.class)
                    .hasMessageContaining("countinghouse/audit-log-service")
                    .hasMessageContaining(Seal.CHECKPOINT_KEYS.property());
            assertThatThrownBy(() -> secrets.sealing(Seal.WEBHOOK_SECRETS))
                    .isInstanceOf(OperationException.class)
                    .hasMessageContaining("countinghouse/notification-service");
        }
    }

    @Test
    void aTokenThatVaultDoesNotKnowIsRefused() {
        try (VaultSecrets secrets = VaultSecrets.logIn(address, Map.of("VAULT_TOKEN", "of nobody")::get)) {
            assertThatThrownBy(secrets::operatorPassword).isInstanceOf(OperationException.class);
        }
    }
}

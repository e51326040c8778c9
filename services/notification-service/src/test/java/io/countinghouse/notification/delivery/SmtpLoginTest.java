package io.countinghouse.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.countinghouse.notification.message.Channel;
import io.countinghouse.notification.message.ClaimedMessage;
import io.countinghouse.notification.message.DeliveryResult;
import io.countinghouse.testing.VaultServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** A server that wants a login, which Vault holds and changes. */
@QuarkusTest
@TestProfile(SmtpLoginTest.InVaultMode.class)
@EnabledIfEnvironmentVariable(named = VaultServer.BINARY, matches = ".+", disabledReason = VaultServer.SKIPPED)
class SmtpLoginTest {

    private static final String PATH = "notification-service/smtp";

    @Inject
    EmailTransport email;

    @Test
    void aNewLoginIsUsedWithoutARestart() {
        VaultServer.put(PATH, Map.of("username", "first", "password", "one"));
        await().until(this::isDelivered);

        VaultServer.put(PATH, Map.of("username", "first", "password", "another than the server's"));
        await().until(() -> !isDelivered());

        VaultServer.put(PATH, Map.of("username", "second", "password", "two"));
        await().until(this::isDelivered);
        assertThat(isDelivered()).isTrue();
    }

    private boolean isDelivered() {
        ClaimedMessage message = new ClaimedMessage(
                UUID.randomUUID(),
                null,
                Channel.EMAIL,
                "ada@example.com",
                null,
                "Hello",
                "Hello",
                null,
                null,
                null,
                1,
                1);
        try {
            return VertxContextSupport.subscribeAndAwait(() -> email.deliver(message)
                    .map(DeliveryResult::delivered)
                    .onFailure()
                    .recoverWithItem(false));
        } catch (Throwable failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Two accounts, and no mail without one of them. */
    public static class ServerWithLogin implements QuarkusTestResourceLifecycleManager {

        private GreenMail server;

        @Override
        public Map<String, String> start() {
            server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
            server.start();
            server.setUser("first@example.com", "first", "one");
            server.setUser("second@example.com", "second", "two");
            return Map.of(
                    "quarkus.mailer.host", "127.0.0.1",
                    "quarkus.mailer.port", Integer.toString(server.getSmtp().getPort()),
                    "quarkus.mailer.auth-methods", "PLAIN",
                    "quarkus.mailer.login", "REQUIRED");
        }

        @Override
        public void stop() {
            server.stop();
        }
    }

    /** As an installation that keeps its secrets in Vault. */
    public static class InVaultMode implements QuarkusTestProfile {
        @Override
        public String getConfigProfile() {
            return "test,vault";
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(
                    new TestResourceEntry(ServerWithLogin.class),
                    new TestResourceEntry(VaultServer.class, VaultServer.of("notification-service")));
        }
    }
}

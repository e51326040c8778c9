package io.countinghouse.notification;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** The secret that an installation configures, which the service has no default for. */
public class NotificationTestEnvironment implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        return Map.of(
                "countinghouse.notification.sender.name",
                "Analytical Engines, Köln 🎉",
                "countinghouse.notification.webhook.secret-encryption-key",
                "only-for-tests-0123456789abcdef0123");
    }

    @Override
    public void stop() {
        // Nothing was started.
    }
}

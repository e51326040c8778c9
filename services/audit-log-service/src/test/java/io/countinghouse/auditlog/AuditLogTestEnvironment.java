package io.countinghouse.auditlog;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** The secret that an installation configures, which the service has no default for. */
public class AuditLogTestEnvironment implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        return Map.of("countinghouse.audit.key-encryption-secret", "only-for-tests-0123456789abcdef0123");
    }

    @Override
    public void stop() {
        // Nothing was started.
    }
}

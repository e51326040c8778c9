package io.countinghouse.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Started before the application under test, by itself (service loader): database, signing key, other services. */
public class TestEnvironment implements QuarkusTestResourceLifecycleManager {

    static final String JDBC_URL = "countinghouse.test.jdbc-url";

    private static final List<String> SERVICES = List.of(
            "auth-service",
            "usage-service",
            "billing-service",
            "invoice-service",
            "notification-service",
            "audit-log-service",
            "ai-modeling-service");

    @Override
    public Map<String, String> start() {
        TestDatabase database = TestDatabase.create();
        System.setProperty(JDBC_URL, database.jdbcUrl());
        TestKey.install();
        String others = StubService.start();

        Map<String, String> config = new HashMap<>();
        config.put("quarkus.http.test-port", "0");
        config.put("quarkus.management.test-port", "0");
        config.put("quarkus.log.category.\"io.zonky\".level", "WARN");
        config.put("countinghouse.environment", "test");
        config.put("countinghouse.database.host", "localhost");
        config.put("countinghouse.database.port", String.valueOf(database.port()));
        config.put("countinghouse.database.name", database.name());
        config.put("countinghouse.database.username", TestDatabase.APPLICATION);
        config.put("countinghouse.database.password", TestDatabase.PASSWORD);
        config.put("countinghouse.database.owner-username", TestDatabase.OWNER);
        config.put("countinghouse.database.owner-password", TestDatabase.PASSWORD);
        config.put("countinghouse.service-secret", "only-for-tests");
        // Deliveries are looked for, and repeated, without the patience that production needs.
        config.put("countinghouse.events.poll-interval", "200ms");
        config.put("countinghouse.events.batch-interval", "10ms");
        config.put("countinghouse.events.first-backoff", "10ms");
        for (String service : SERVICES) {
            config.put("countinghouse.services." + service + ".url", others);
        }
        return config;
    }

    @Override
    public void stop() {
        // The server and the stand-in serve the next application of this run, and end with its JVM.
    }
}

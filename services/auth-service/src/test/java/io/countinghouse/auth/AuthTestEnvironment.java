package io.countinghouse.auth;

import io.countinghouse.testing.TestKey;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** What an installation configures at first start: the secret, a signing key (the test run's), staff and services. */
public class AuthTestEnvironment implements QuarkusTestResourceLifecycleManager {

    public static final String OPERATOR_EMAIL = "operator@countinghouse.example";
    public static final String OPERATOR_PASSWORD = "correct horse battery staple";
    public static final String SESSION_SECRET = "hashes-refresh-tokens-only-for-tests";
    public static final String SERVICE_SECRET = "secret of usage-service: a:b+c%20d";

    @Override
    public Map<String, String> start() {
        return Map.of(
                // What a test of a login checks is not the strength of the hash; Argon2idTest hashes as production
                // does.
                "countinghouse.auth.password.argon2-memory",
                "1024",
                "countinghouse.auth.key-encryption-secret",
                "only-for-tests-only-for-tests-only-for-tests",
                "countinghouse.auth.session-secret",
                SESSION_SECRET,
                "countinghouse.auth.bootstrap.signing-key",
                TestKey.privateKeyPem(),
                "countinghouse.auth.bootstrap.signing-key-id",
                TestKey.KEY_ID,
                "countinghouse.auth.bootstrap.operator-email",
                OPERATOR_EMAIL,
                "countinghouse.auth.bootstrap.operator-password",
                OPERATOR_PASSWORD,
                "countinghouse.auth.bootstrap.service-accounts.\"usage-service\".secret-hash",
                sha256(SERVICE_SECRET));
    }

    @Override
    public void stop() {
        // Nothing was started.
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

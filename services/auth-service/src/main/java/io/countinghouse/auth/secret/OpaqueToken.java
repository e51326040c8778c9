package io.countinghouse.auth.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Makes and hashes 256-bit secrets. They cannot be guessed, so one SHA-256 protects them at rest; the prefix lets
 * secret scanners find one that leaked into a repository.
 */
public final class OpaqueToken {

    private static final int BYTES = 32;

    private OpaqueToken() {}

    public static String random(String prefix) {
        byte[] bytes = new byte[BYTES];
        // None that is kept in a static field: native-image refuses one that was seeded while it built.
        new SecureRandom().nextBytes(bytes);
        return of(prefix, bytes);
    }

    public static String of(String prefix, byte[] bytes) {
        return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    public static byte[] sha256(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing from this JDK", e);
        }
    }
}

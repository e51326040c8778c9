package io.countinghouse.auth.password;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id (RFC 9106) in the PHC string format. New hashes take the parameters of OWASP's Password Storage Cheat Sheet;
 * a stored hash is verified with the parameters it names.
 */
final class Argon2id {

    private static final int MEMORY_KIB = 19_456;
    private static final int ITERATIONS = 2;
    private static final int PARALLELISM = 1;
    private static final int SALT_BYTES = 16;
    private static final int TAG_BYTES = 32;
    private static final String CURRENT =
            "$argon2id$v=19$m=%d,t=%d,p=%d$".formatted(MEMORY_KIB, ITERATIONS, PARALLELISM);
    private static final Pattern PHC =
            Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d+),t=(\\d+),p=(\\d+)\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");
    private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();

    private Argon2id() {}

    static String hash(String password) {
        byte[] salt = random(SALT_BYTES);
        return phc(salt, tag(password, salt, MEMORY_KIB, ITERATIONS, PARALLELISM, TAG_BYTES));
    }

    static boolean verify(String phc, String password) {
        Matcher parts = PHC.matcher(phc);
        if (!parts.matches()) {
            throw new IllegalArgumentException("a stored password hash is not an argon2id PHC string");
        }
        byte[] salt = Base64.getDecoder().decode(parts.group(4));
        byte[] expected = Base64.getDecoder().decode(parts.group(5));
        byte[] actual = tag(
                password,
                salt,
                Integer.parseInt(parts.group(1)),
                Integer.parseInt(parts.group(2)),
                Integer.parseInt(parts.group(3)),
                expected.length);
        return MessageDigest.isEqual(expected, actual);
    }

    /** A hash that no password is known to match, at the cost of any other: what an unknown account is verified against. */
    static String unmatchable() {
        return phc(random(SALT_BYTES), random(TAG_BYTES));
    }

    /** Whether the hash was made with other parameters than new ones are, and should be made again at the next login. */
    static boolean isOutdated(String phc) {
        return !phc.startsWith(CURRENT);
    }

    private static byte[] tag(String password, byte[] salt, int memoryKib, int iterations, int parallelism, int size) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memoryKib)
                .withIterations(iterations)
                .withParallelism(parallelism)
                .withSalt(salt)
                .build());
        byte[] tag = new byte[size];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), tag);
        return tag;
    }

    private static String phc(byte[] salt, byte[] tag) {
        return CURRENT + ENCODER.encodeToString(salt) + "$" + ENCODER.encodeToString(tag);
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}

package io.countinghouse.auth.password;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id (RFC 9106) in the PHC string format, on one lane. A stored hash is verified with the parameters it names.
 *
 * @param memoryKib what a new hash fills, in KiB
 * @param iterations how often a new hash passes over it
 */
record Argon2id(int memoryKib, int iterations) {

    /** Equal choices of OWASP's Password Storage Cheat Sheet: KiB by iterations, on one lane. */
    private static final Map<Integer, Integer> OWASP = Map.of(47_104, 1, 19_456, 2, 12_288, 3, 9_216, 4, 7_168, 5);

    private static final int PARALLELISM = 1;
    private static final int SALT_BYTES = 16;
    private static final int TAG_BYTES = 32;
    private static final Pattern PHC =
            Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d+),t=(\\d+),p=(\\d+)\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");
    private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();

    String hash(String password) {
        byte[] salt = random(SALT_BYTES);
        return phc(salt, tag(password, salt, memoryKib, iterations, PARALLELISM, TAG_BYTES));
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
    String unmatchable() {
        return phc(random(SALT_BYTES), random(TAG_BYTES));
    }

    boolean isWeakerThanOwaspAsks() {
        return OWASP.entrySet().stream()
                .noneMatch(choice -> memoryKib >= choice.getKey() && iterations >= choice.getValue());
    }

    /** Whether the hash was made with other parameters than new ones are, and should be made again at the next login. */
    boolean isOutdated(String phc) {
        return !phc.startsWith(parameters());
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

    private String parameters() {
        return "$argon2id$v=19$m=%d,t=%d,p=%d$".formatted(memoryKib, iterations, PARALLELISM);
    }

    private String phc(byte[] salt, byte[] tag) {
        return parameters() + ENCODER.encodeToString(salt) + "$" + ENCODER.encodeToString(tag);
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}

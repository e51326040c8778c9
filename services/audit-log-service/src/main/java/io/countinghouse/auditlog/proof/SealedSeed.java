package io.countinghouse.auditlog.proof;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A private key at rest: AES-256-GCM, a fresh nonce in front, the public key as associated data. */
final class SealedSeed {

    private static final int NONCE_LENGTH = 12;
    private static final int TAG_BITS = 128;
    private static final int SHORTEST_SECRET = 32;

    private final SecretKeySpec key;

    /** @param secret random, of at least 32 characters: it is not stretched */
    SealedSeed(String secret) {
        if (secret.length() < SHORTEST_SECRET) {
            throw new IllegalStateException("countinghouse.audit.key-encryption-secret has " + secret.length()
                    + " characters; it needs at least " + SHORTEST_SECRET);
        }
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            this.key = new SecretKeySpec(
                    mac.doFinal("countinghouse audit signing key".getBytes(StandardCharsets.UTF_8)), "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has HmacSHA256", e);
        }
    }

    byte[] seal(SigningKey signingKey) {
        byte[] nonce = new byte[NONCE_LENGTH];
        new SecureRandom().nextBytes(nonce);
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, nonce, signingKey.publicKey()).doFinal(signingKey.seed());
            byte[] stored = Arrays.copyOf(nonce, NONCE_LENGTH + sealed.length);
            System.arraycopy(sealed, 0, stored, NONCE_LENGTH, sealed.length);
            return stored;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the signing key cannot be encrypted", e);
        }
    }

    SigningKey open(byte[] stored, byte[] publicKey) {
        try {
            byte[] nonce = Arrays.copyOf(stored, NONCE_LENGTH);
            byte[] seed = cipher(Cipher.DECRYPT_MODE, nonce, publicKey)
                    .doFinal(stored, NONCE_LENGTH, stored.length - NONCE_LENGTH);
            return SigningKey.ofSeed(seed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "the stored signing key cannot be opened: countinghouse.audit.key-encryption-secret is not the one it"
                            + " was stored with",
                    e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, byte[] publicKey) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(publicKey);
        return cipher;
    }
}

package io.countinghouse.auth.secret;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM and HMAC-SHA-256 under keys made from the configured secret, one per purpose, so that what is learnt
 * about one purpose says nothing about another.
 */
@ApplicationScoped
public class ServerSecret {

    private static final int MIN_LENGTH = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final byte[] root;
    private final SecureRandom random = new SecureRandom();

    ServerSecret(SecretConfig config) {
        String secret = config.keyEncryptionSecret();
        if (secret.length() < MIN_LENGTH) {
            throw new IllegalArgumentException(
                    "countinghouse.auth.key-encryption-secret must have at least %d characters, has %d"
                            .formatted(MIN_LENGTH, secret.length()));
        }
        this.root = secret.getBytes(StandardCharsets.UTF_8);
    }

    /** Nonce and ciphertext; {@code context} must be given again to decrypt, so that rows cannot be swapped. */
    public byte[] encrypt(String context, byte[] plain) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, context).doFinal(plain);
            byte[] all = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
            return all;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM failed to encrypt", e);
        }
    }

    public byte[] decrypt(String context, byte[] sealed) {
        try {
            byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
            return cipher(Cipher.DECRYPT_MODE, nonce, context)
                    .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "%s cannot be decrypted: was countinghouse.auth.key-encryption-secret changed?".formatted(context),
                    e);
        }
    }

    /** 256 bits that only the holder of the secret can compute from the same input. */
    public byte[] derive(String purpose, byte[] input) {
        return hmac(hmac(root, purpose.getBytes(StandardCharsets.UTF_8)), input);
    }

    private Cipher cipher(int mode, byte[] nonce, String context) throws GeneralSecurityException {
        byte[] key = hmac(root, "encryption".getBytes(StandardCharsets.UTF_8));
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static byte[] hmac(byte[] key, byte[] input) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is missing from this JDK", e);
        }
    }
}

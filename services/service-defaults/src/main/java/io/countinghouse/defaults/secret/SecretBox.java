package io.countinghouse.defaults.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM (NIST SP 800-38D) and HMAC-SHA-256 (RFC 2104) under keys made from a configured secret, one per purpose,
 * so that what is learnt about one purpose says nothing about another. The secret must be random: it is not stretched.
 */
public final class SecretBox {

    private static final int SHORTEST_SECRET = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final String property;
    private final byte[] root;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param property the name of the configuration property, for messages
     * @param secret at least 32 characters
     * @throws IllegalArgumentException when it is shorter
     */
    public SecretBox(String property, String secret) {
        if (secret.length() < SHORTEST_SECRET) {
            throw new IllegalArgumentException("%s must have at least %d characters, has %d"
                    .formatted(property, SHORTEST_SECRET, secret.length()));
        }
        this.property = property;
        this.root = secret.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * @param context what the plain text belongs to; it must be given again to open, so that rows cannot be swapped
     * @return a nonce of 12 bytes, the cipher text, and the tag of 16
     */
    public byte[] seal(byte[] plain, byte[] context) {
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

    /** @throws IllegalStateException when the secret or the context is another, or the bytes were changed */
    public byte[] open(byte[] sealed, byte[] context) {
        try {
            return cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE_BYTES), context)
                    .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "a stored secret cannot be opened: " + property + " is not the one it was stored with", e);
        }
    }

    /** 256 bits that only the holder of the secret can compute from the same input. */
    public byte[] derive(String purpose, byte[] input) {
        return hmac(hmac(root, purpose.getBytes(StandardCharsets.UTF_8)), input);
    }

    private Cipher cipher(int mode, byte[] nonce, byte[] context) throws GeneralSecurityException {
        byte[] key = hmac(root, "encryption".getBytes(StandardCharsets.UTF_8));
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(context);
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

package io.countinghouse.notification.webhook;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Secrets at rest: AES-256-GCM, a fresh nonce in front. Signing needs the secret itself, so a hash would not do. */
@ApplicationScoped
class SecretSeal {

    private static final int NONCE_LENGTH = 12;
    private static final int TAG_BITS = 128;
    private static final int SHORTEST_KEY = 32;

    private final SecretKeySpec key;

    SecretSeal(WebhookConfig config) {
        String secret = config.secretEncryptionKey();
        if (secret.length() < SHORTEST_KEY) {
            throw new IllegalStateException("countinghouse.notification.webhook.secret-encryption-key has "
                    + secret.length() + " characters; it needs at least " + SHORTEST_KEY);
        }
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            this.key = new SecretKeySpec(
                    mac.doFinal("countinghouse webhook secrets".getBytes(StandardCharsets.UTF_8)), "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has HmacSHA256", e);
        }
    }

    byte[] seal(WebhookSecret secret) {
        byte[] nonce = new byte[NONCE_LENGTH];
        new SecureRandom().nextBytes(nonce);
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(secret.value().getBytes(StandardCharsets.UTF_8));
            byte[] stored = Arrays.copyOf(nonce, NONCE_LENGTH + sealed.length);
            System.arraycopy(sealed, 0, stored, NONCE_LENGTH, sealed.length);
            return stored;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the secret cannot be encrypted", e);
        }
    }

    WebhookSecret open(byte[] stored) {
        try {
            byte[] secret = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(stored, NONCE_LENGTH))
                    .doFinal(stored, NONCE_LENGTH, stored.length - NONCE_LENGTH);
            return new WebhookSecret(new String(secret, StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "a stored secret cannot be opened: countinghouse.notification.webhook.secret-encryption-key is not the"
                            + " one it was stored with",
                    e);
        }
    }

    String sealedText(WebhookSecret secret) {
        return Base64.getEncoder().encodeToString(seal(secret));
    }

    WebhookSecret openText(String sealed) {
        return open(Base64.getDecoder().decode(sealed));
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}

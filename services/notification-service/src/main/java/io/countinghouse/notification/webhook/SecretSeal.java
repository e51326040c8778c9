package io.countinghouse.notification.webhook;

import io.countinghouse.defaults.secret.SecretBox;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Webhook secrets at rest: signing needs the secret itself, so a hash would not do. */
@ApplicationScoped
class SecretSeal {

    private static final byte[] CONTEXT = "webhook secret".getBytes(StandardCharsets.UTF_8);

    private final SecretBox box;

    SecretSeal(WebhookConfig config) {
        this.box =
                new SecretBox("countinghouse.notification.webhook.secret-encryption-key", config.secretEncryptionKey());
    }

    byte[] seal(WebhookSecret secret) {
        return box.seal(secret.value().getBytes(StandardCharsets.UTF_8), CONTEXT);
    }

    WebhookSecret open(byte[] stored) {
        return new WebhookSecret(new String(box.open(stored, CONTEXT), StandardCharsets.UTF_8));
    }

    String sealedText(WebhookSecret secret) {
        return Base64.getEncoder().encodeToString(seal(secret));
    }

    WebhookSecret openText(String sealed) {
        return open(Base64.getDecoder().decode(sealed));
    }
}

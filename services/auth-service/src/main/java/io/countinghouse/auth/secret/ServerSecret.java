package io.countinghouse.auth.secret;

import io.countinghouse.defaults.secret.SecretBox;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;

/** What only this installation can read or compute: signing keys at rest, refresh tokens and machine secrets. */
@ApplicationScoped
public class ServerSecret {

    private final SecretBox box;

    ServerSecret(SecretConfig config) {
        this.box = new SecretBox("countinghouse.auth.key-encryption-secret", config.keyEncryptionSecret());
    }

    /** {@code context} must be given again to decrypt, so that rows cannot be swapped. */
    public byte[] encrypt(String context, byte[] plain) {
        return box.seal(plain, context.getBytes(StandardCharsets.UTF_8));
    }

    public byte[] decrypt(String context, byte[] sealed) {
        return box.open(sealed, context.getBytes(StandardCharsets.UTF_8));
    }

    /** 256 bits that only the holder of the secret can compute from the same input. */
    public byte[] derive(String purpose, byte[] input) {
        return box.derive(purpose, input);
    }
}

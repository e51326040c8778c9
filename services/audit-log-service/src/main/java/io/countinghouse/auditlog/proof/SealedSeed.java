package io.countinghouse.auditlog.proof;

import io.countinghouse.defaults.secret.SecretBox;

/** A private key at rest; it opens only together with its public key. */
final class SealedSeed {

    private final SecretBox box;

    SealedSeed(String secret) {
        this.box = new SecretBox("countinghouse.audit.key-encryption-secret", secret);
    }

    byte[] seal(SigningKey signingKey) {
        return box.seal(signingKey.seed(), signingKey.publicKey());
    }

    SigningKey open(byte[] stored, byte[] publicKey) {
        return SigningKey.ofSeed(box.open(stored, publicKey));
    }
}

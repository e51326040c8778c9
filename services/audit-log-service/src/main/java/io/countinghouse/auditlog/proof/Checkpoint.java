package io.countinghouse.auditlog.proof;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Base64;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The signed head of the tree at some size. Ed25519 signs the same text to the same bytes, so a size has one checkpoint,
 * however often it is asked for.
 *
 * @param rootHash base64
 * @param note the whole signed note, as C2SP tlog-checkpoint and signed-note write it
 * @param key the key that verifies it, as C2SP signed-note writes it
 */
@RegisterForReflection
record Checkpoint(
        String origin,
        long treeSize,
        @Schema(description = "SHA-256, in base64") String rootHash,

        @Schema(description = "The signed note (C2SP tlog-checkpoint)")
        String note,

        @Schema(description = "The verifier key of the note (C2SP signed-note)")
        String key) {

    static Checkpoint signed(String origin, long treeSize, byte[] root, SigningKey signingKey) {
        String rootHash = Base64.getEncoder().encodeToString(root);
        String text = origin + "\n" + treeSize + "\n" + rootHash + "\n";
        return new Checkpoint(
                origin,
                treeSize,
                rootHash,
                SignedNote.of(origin, text, signingKey),
                SigningKey.verifierKey(origin, signingKey.publicKey()));
    }
}

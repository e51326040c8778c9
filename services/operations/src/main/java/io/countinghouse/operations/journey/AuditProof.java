package io.countinghouse.operations.journey;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Verifies an inclusion proof as an auditor would, with nothing of the audit service's own code: RFC 9162 section
 * 2.1.3.2 for the tree, C2SP signed-note for the checkpoint, Ed25519 for the signature.
 */
public final class AuditProof {

    /** SubjectPublicKeyInfo of an Ed25519 key up to its 32 bytes (RFC 8410). */
    private static final byte[] ED25519 = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};

    /** A note's signature begins with the four bytes that name the key. */
    private static final int KEY_HASH = 4;

    private AuditProof() {}

    /** Whether the entry is under the root of the checkpoint, and the checkpoint signed by the key. */
    public static boolean isValid(JsonNode proof, String publicKey) {
        Base64.Decoder base64 = Base64.getDecoder();
        List<byte[]> hashes = new ArrayList<>();
        proof.get("hashes").forEach(hash -> hashes.add(base64.decode(hash.asText())));
        byte[] leaf = hash(new byte[] {0}, proof.get("entry").asText().getBytes(StandardCharsets.UTF_8));
        byte[] root = root(
                leaf, proof.get("leaf_index").asLong(), proof.get("tree_size").asLong(), hashes);
        JsonNode checkpoint = proof.get("checkpoint");
        return root != null
                && Arrays.equals(root, base64.decode(checkpoint.get("root_hash").asText()))
                && isSigned(checkpoint, base64.decode(publicKey));
    }

    private static byte[] root(byte[] leaf, long index, long size, List<byte[]> hashes) {
        long node = index;
        long last = size - 1;
        byte[] root = leaf;
        for (byte[] hash : hashes) {
            if (last == 0) {
                return null;
            }
            if ((node & 1) == 1 || node == last) {
                root = hash(new byte[] {1}, hash, root);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                root = hash(new byte[] {1}, root, hash);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 ? root : null;
    }

    private static boolean isSigned(JsonNode checkpoint, byte[] key) {
        String note = checkpoint.get("note").asText();
        int end = note.indexOf("\n\n") + 1;
        String text = note.substring(0, end);
        String[] lines = text.split("\n");
        if (!lines[1].equals(checkpoint.get("tree_size").asText())
                || !lines[2].equals(checkpoint.get("root_hash").asText())) {
            return false;
        }
        String signatureLine = note.substring(end + 1).strip();
        byte[] signature = Base64.getDecoder().decode(signatureLine.substring(signatureLine.lastIndexOf(' ') + 1));
        try {
            byte[] encoded = Arrays.copyOf(ED25519, ED25519.length + key.length);
            System.arraycopy(key, 0, encoded, ED25519.length, key.length);
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
            verifier.update(text.getBytes(StandardCharsets.UTF_8));
            return verifier.verify(signature, KEY_HASH, signature.length - KEY_HASH);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static byte[] hash(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        try {
            return MessageDigest.getInstance("SHA-256").digest(all.toByteArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

package io.countinghouse.auditlog.proof;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** Reads a checkpoint as a witness would, from the text of C2SP signed-note and tlog-checkpoint. */
final class NoteReader {

    /** SubjectPublicKeyInfo of Ed25519 up to the key itself (RFC 8410). */
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private NoteReader() {}

    /** The root hash, after the signature has been verified. */
    static byte[] verifiedRoot(String note, byte[] publicKey) throws GeneralSecurityException {
        int end = note.lastIndexOf("\n\n");
        String text = note.substring(0, end + 1);
        String[] signature = note.substring(end + 2).strip().split(" ");
        byte[] signed = Base64.getDecoder().decode(signature[2]);
        String[] lines = text.split("\n");
        if (!"\u2014".equals(signature[0])
                || !lines[0].equals(signature[1])
                || !Arrays.equals(Arrays.copyOf(signed, 4), keyId(lines[0], publicKey))) {
            throw new GeneralSecurityException("signed by somebody else: " + note);
        }
        byte[] x509 = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + publicKey.length);
        System.arraycopy(publicKey, 0, x509, X509_PREFIX.length, publicKey.length);
        var verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(x509)));
        verifier.update(text.getBytes(StandardCharsets.UTF_8));
        if (!verifier.verify(Arrays.copyOfRange(signed, 4, signed.length))) {
            throw new GeneralSecurityException("the signature does not verify: " + note);
        }
        return Base64.getDecoder().decode(lines[2]);
    }

    private static byte[] keyId(String name, byte[] publicKey) throws GeneralSecurityException {
        var digest = MessageDigest.getInstance("SHA-256");
        digest.update((name + "\n\u0001").getBytes(StandardCharsets.UTF_8));
        return Arrays.copyOf(digest.digest(publicKey), 4);
    }
}

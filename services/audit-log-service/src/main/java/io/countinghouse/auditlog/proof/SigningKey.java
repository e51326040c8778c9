package io.countinghouse.auditlog.proof;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** An Ed25519 key pair (RFC 8032), known by its seed, the 32 bytes from which all of it follows. */
final class SigningKey {

    static final int SEED_LENGTH = 32;

    /** The signature type of C2SP signed-note for Ed25519. */
    private static final byte ED25519 = 1;

    private final byte[] seed;
    private final KeyPair pair;

    private SigningKey(byte[] seed) throws GeneralSecurityException {
        this.seed = seed.clone();
        // The JDK derives a public key from a seed only while it generates a pair: let it draw this seed.
        var generator = KeyPairGenerator.getInstance("Ed25519");
        generator.initialize(NamedParameterSpec.ED25519, new Drawing(seed));
        this.pair = generator.generateKeyPair();
        byte[] drawn = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
        if (!MessageDigest.isEqual(drawn, seed)) {
            throw new GeneralSecurityException("this Java runtime does not take the seed as the private key");
        }
    }

    static SigningKey generate() {
        byte[] seed = new byte[SEED_LENGTH];
        new SecureRandom().nextBytes(seed);
        return ofSeed(seed);
    }

    static SigningKey ofSeed(byte[] seed) {
        try {
            return new SigningKey(seed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Ed25519 is not available", e);
        }
    }

    /** @param text PKCS#8, in PEM or as its base64 alone */
    static SigningKey parse(String text) {
        try {
            byte[] encoded = Base64.getDecoder()
                    .decode(text.replaceAll("-----(BEGIN|END) PRIVATE KEY-----", "")
                            .replaceAll("\\s", ""));
            var key = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
            return ofSeed(((EdECPrivateKey) key).getBytes().orElseThrow());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "countinghouse.audit.signing-key is no Ed25519 private key as PKCS#8 in PEM or base64", e);
        }
    }

    byte[] seed() {
        return seed.clone();
    }

    /** The 32 bytes of RFC 8032: the last ones of the X.509 form. */
    byte[] publicKey() {
        byte[] x509 = pair.getPublic().getEncoded();
        return Arrays.copyOfRange(x509, x509.length - 32, x509.length);
    }

    byte[] sign(byte[] message) {
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("signing failed", e);
        }
    }

    /** The key ID of a signed note: the first four bytes of SHA-256(name || 0x0A || type || public key). */
    static byte[] keyId(String name, byte[] publicKey) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) '\n');
            digest.update(ED25519);
            digest.update(publicKey);
            return Arrays.copyOf(digest.digest(), 4);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    /** The key as verifiers of signed notes take it: {@code name+id+base64(type || public key)}. */
    static String verifierKey(String name, byte[] publicKey) {
        var typed = new ByteArrayOutputStream();
        typed.write(ED25519);
        typed.writeBytes(publicKey);
        return name + "+" + HexFormat.of().formatHex(keyId(name, publicKey)) + "+"
                + Base64.getEncoder().encodeToString(typed.toByteArray());
    }

    /** Hands out one given sequence of bytes; no source of randomness. */
    private static final class Drawing extends SecureRandom {

        private static final long serialVersionUID = 1L;

        private final byte[] bytes;

        Drawing(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        @Override
        public void nextBytes(byte[] target) {
            if (target.length != bytes.length) {
                throw new IllegalStateException("a seed has " + bytes.length + " bytes, not " + target.length);
            }
            System.arraycopy(bytes, 0, target, 0, bytes.length);
        }
    }
}

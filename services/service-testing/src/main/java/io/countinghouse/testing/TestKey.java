package io.countinghouse.testing;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** The key that signs the tokens of a test run, made anew for each; shared by system properties across class loaders. */
public final class TestKey {

    public static final String KEY_ID = "test-key";

    private static final String PRIVATE = "countinghouse.test.private-key";
    private static final String JWKS = "countinghouse.test.jwks";

    private TestKey() {}

    static synchronized void install() {
        if (System.getProperty(PRIVATE) != null) {
            return;
        }
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair pair = generator.generateKeyPair();
            RSAPublicKey key = (RSAPublicKey) pair.getPublic();
            Base64.Encoder url = Base64.getUrlEncoder().withoutPadding();
            System.setProperty(JWKS, """
                    {"keys":[{"kty":"RSA","use":"sig","alg":"RS256","kid":"%s","n":"%s","e":"%s"}]}""".formatted(
                            KEY_ID,
                            url.encodeToString(unsigned(key.getModulus().toByteArray())),
                            url.encodeToString(unsigned(key.getPublicExponent().toByteArray()))));
            System.setProperty(
                    PRIVATE,
                    Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static PrivateKey privateKey() {
        install();
        try {
            byte[] encoded = Base64.getDecoder().decode(System.getProperty(PRIVATE));
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** PKCS#8 as PEM. */
    public static String privateKeyPem() {
        install();
        return "-----BEGIN PRIVATE KEY-----\n" + System.getProperty(PRIVATE) + "\n-----END PRIVATE KEY-----\n";
    }

    public static String jwks() {
        install();
        return System.getProperty(JWKS);
    }

    private static byte[] unsigned(byte[] number) {
        return number[0] == 0 ? java.util.Arrays.copyOfRange(number, 1, number.length) : number;
    }
}

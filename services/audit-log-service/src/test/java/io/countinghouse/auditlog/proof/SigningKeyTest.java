package io.countinghouse.auditlog.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.EdECPrivateKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SigningKeyTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    @Test
    void theKeyOfTheFirstTestOfRfc8032HasItsPublicKeyAndSignature() {
        // Given
        var key = SigningKey.ofSeed(hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));

        // When
        byte[] signature = key.sign(new byte[0]);

        // Then
        assertThat(key.publicKey()).isEqualTo(hex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"));
        assertThat(signature)
                .isEqualTo(hex(
                        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9"
                                + "b46bd25bf5f0595bbe24655141438e7a100b"));
    }

    @Test
    void theExampleOfTheSignedNoteFormatComesOutByteForByte() {
        // Given
        byte[] typed = Base64.getDecoder().decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz");
        var key = SigningKey.ofSeed(Arrays.copyOfRange(typed, 1, typed.length));

        // When
        String note = SignedNote.of(
                "PeterNeumann",
                "If you think cryptography is the answer to your problem,\n"
                        + "then you don't know what your problem is.\n",
                key);

        // Then
        assertThat(note)
                .isEqualTo("If you think cryptography is the answer to your problem,\n"
                        + "then you don't know what your problem is.\n"
                        + "\n"
                        + "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6K"
                        + "E6RyyBwJnAM=\n");
        assertThat(SigningKey.verifierKey("PeterNeumann", key.publicKey()))
                .isEqualTo("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
    }

    @Test
    void aConfiguredKeyIsReadFromPemAndFromBase64() throws GeneralSecurityException {
        // Given
        var generated = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] seed = ((EdECPrivateKey) generated.getPrivate()).getBytes().orElseThrow();
        String base64 =
                Base64.getEncoder().encodeToString(generated.getPrivate().getEncoded());

        // When
        var fromBase64 = SigningKey.parse(base64);
        var fromPem = SigningKey.parse("-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");

        // Then
        assertThat(fromBase64.seed()).isEqualTo(seed);
        assertThat(fromPem.seed()).isEqualTo(seed);
    }

    @Test
    void somethingElseThanAKeyIsRefusedByTheNameOfItsSetting() {
        // When / Then
        assertThatThrownBy(() -> SigningKey.parse("bm90IGEga2V5"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("countinghouse.audit.signing-key");
    }

    @Test
    void aSealedKeyOpensWithItsSecretAlone() {
        // Given
        var key = SigningKey.generate();
        byte[] sealed = new SealedSeed(SECRET).seal(key);

        // When
        var opened = new SealedSeed(SECRET).open(sealed, key.publicKey());

        // Then
        assertThat(opened.seed()).isEqualTo(key.seed());
        assertThat(HexFormat.of().formatHex(sealed))
                .doesNotContain(HexFormat.of().formatHex(key.seed()));
        assertThatThrownBy(() -> new SealedSeed(SECRET + "x").open(sealed, key.publicKey()))
                .hasMessageContaining("key-encryption-secret");
        assertThatThrownBy(() -> new SealedSeed(SECRET)
                        .open(sealed, SigningKey.generate().publicKey()))
                .hasMessageContaining("cannot be opened");
    }

    @Test
    void aShortSecretIsRefused() {
        // When / Then
        assertThatThrownBy(() -> new SealedSeed("short")).hasMessageContaining("at least 32");
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}

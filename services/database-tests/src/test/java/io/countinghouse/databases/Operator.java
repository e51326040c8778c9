package io.countinghouse.databases;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;

/** The operator's access token as auth-service would sign it, and the key set that services check it with. */
final class Operator {

    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    private final KeyPair pair;

    Operator() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        pair = generator.generateKeyPair();
    }

    Path keySet(Path folder) throws IOException {
        RSAPublicKey key = (RSAPublicKey) pair.getPublic();
        byte[] modulus = key.getModulus().toByteArray();
        return Files.writeString(folder.resolve("jwks.json"), """
                {"keys":[{"kty":"RSA","use":"sig","alg":"RS256","kid":"one","n":"%s","e":"%s"}]}""".formatted(
                        URL.encodeToString(java.util.Arrays.copyOfRange(modulus, 1, modulus.length)),
                        URL.encodeToString(key.getPublicExponent().toByteArray())));
    }

    String token() {
        long now = Instant.now().getEpochSecond();
        String said = part("{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"one\"}") + "."
                + part("""
                {"iss":"http://localhost:8080","aud":"countinghouse","sub":"6e5f4c0e-0000-4000-8000-000000000001",\
                "sid":"6e5f4c0e-0000-4000-8000-000000000002","groups":["operator"],"iat":%d,"exp":%d}""".formatted(now, now + 900));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(pair.getPrivate());
            signature.update(said.getBytes(StandardCharsets.US_ASCII));
            return said + "." + URL.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String part(String json) {
        return URL.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}

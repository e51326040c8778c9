package io.countinghouse.auth.key;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.Map;

/** A key set as RFC 7517 describes it, of RSA keys for signatures. */
@RegisterForReflection
record JsonWebKeySet(List<Key> keys) {

    static JsonWebKeySet of(Map<String, RSAPublicKey> published) {
        return new JsonWebKeySet(published.entrySet().stream()
                .map(key -> Key.of(key.getKey(), key.getValue()))
                .toList());
    }

    @RegisterForReflection
    record Key(String kty, String use, String alg, String kid, String n, String e) {

        static Key of(String kid, RSAPublicKey key) {
            return new Key(
                    "RSA",
                    "sig",
                    "RS256",
                    kid,
                    KeyPairs.base64Url(key.getModulus()),
                    KeyPairs.base64Url(key.getPublicExponent()));
        }
    }
}

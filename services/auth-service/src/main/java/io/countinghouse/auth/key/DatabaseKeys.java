package io.countinghouse.auth.key;

import io.countinghouse.auth.secret.ServerSecret;
import io.countinghouse.defaults.time.Ids;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.List;

/** Keys in the database, encrypted under the server's secret; signing needs nobody else. */
@ApplicationScoped
class DatabaseKeys implements KeyHolder {

    private final ServerSecret secret;

    DatabaseKeys(ServerSecret secret) {
        this.secret = secret;
    }

    @Override
    public boolean holds(SigningKey key) {
        return key.privateKey().isPresent();
    }

    @Override
    public Uni<SigningKey> create(Instant now, List<SigningKey> known) {
        return generate().map(pair -> of(now, pair, null));
    }

    /** @param name null for the thumbprint */
    SigningKey of(Instant now, KeyPair pair, String name) {
        RSAPublicKey publicKey = (RSAPublicKey) pair.getPublic();
        String kid = name == null ? KeyPairs.thumbprint(publicKey) : name;
        byte[] sealed = secret.encrypt(context(kid), pair.getPrivate().getEncoded());
        return SigningKey.inDatabase(now, Ids.next(), kid, publicKey.getEncoded(), sealed);
    }

    @Override
    public Signer signer(SigningKey key) {
        PrivateKey privateKey = KeyPairs.privateKey(
                secret.decrypt(context(key.kid()), key.privateKey().orElseThrow()));
        return input -> Uni.createFrom().item(() -> sign(privateKey, input));
    }

    private static byte[] sign(PrivateKey key, byte[] input) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(input);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA256withRSA failed to sign", e);
        }
    }

    /** On a worker thread: finding two primes takes up to seconds, which would hold up an event loop. */
    private static Uni<KeyPair> generate() {
        return Uni.createFrom()
                .completionStage(() -> Vertx.currentContext()
                        .executeBlocking(KeyPairs::generate)
                        .toCompletionStage());
    }

    private static String context(String kid) {
        return "signing key " + kid;
    }
}

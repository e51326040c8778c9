package io.countinghouse.auth.key;

import io.countinghouse.defaults.time.Ids;
import io.countinghouse.defaults.vault.Vault;
import io.countinghouse.defaults.vault.VaultUnavailableException;
import io.quarkus.vault.client.api.common.VaultHashAlgorithm;
import io.quarkus.vault.client.api.secrets.transit.VaultSecretsTransit;
import io.quarkus.vault.client.api.secrets.transit.VaultSecretsTransitKeyInfo;
import io.quarkus.vault.client.api.secrets.transit.VaultSecretsTransitRotateKeyParams;
import io.quarkus.vault.client.api.secrets.transit.VaultSecretsTransitSignParams;
import io.quarkus.vault.client.api.secrets.transit.VaultSecretsTransitSignatureAlgorithm;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Keys of Vault's transit engine: a key here is a version of the one key there, and signing is a call to Vault. Signing
 * happens while a transaction holds a connection to the database, so a Vault that was away a moment ago is not waited for.
 */
@ApplicationScoped
class TransitKeys implements KeyHolder {

    private static final Logger LOG = Logger.getLogger(TransitKeys.class);
    private static final String NAME = "access-token";

    /** Of a signature: "vault:v3:" and then standard Base64. */
    private static final int SIGNATURE_PART = 2;

    /** Short: whoever retries in this time is told at once, the next one asks Vault again. */
    private static final long PAUSE_NANOS = 500_000_000L;

    private final Vault vault;
    private volatile long failedAt;
    private volatile boolean failing;

    TransitKeys(Vault vault) {
        this.vault = vault;
    }

    /** Whether new keys are to be Vault's. */
    boolean isEnabled() {
        return vault.isEnabled();
    }

    @Override
    public boolean holds(SigningKey key) {
        return isEnabled() && key.transitVersion().isPresent();
    }

    /** The newest version if it is none of those known, which a failed attempt may have left; else one more. */
    @Override
    public Uni<SigningKey> create(Instant now, List<SigningKey> known) {
        int newest = known.stream()
                .flatMap(key -> Stream.ofNullable(key.transitVersion().orElse(null)))
                .mapToInt(Integer::intValue)
                .max()
                .orElse(0);
        return ask("Making a key", transit -> transit.readKey(NAME))
                .chain(info -> info.getLatestVersion() > newest
                        ? Uni.createFrom().item(info)
                        : ask(
                                        "Making a key",
                                        transit -> transit.rotateKey(NAME, new VaultSecretsTransitRotateKeyParams()))
                                .chain(() -> ask("Making a key", transit -> transit.readKey(NAME))))
                .map(info -> of(now, info));
    }

    private static SigningKey of(Instant now, VaultSecretsTransitKeyInfo info) {
        int version = info.getLatestVersion();
        RSAPublicKey publicKey = KeyPairs.publicKeyFromPem(
                info.getKeys().get(String.valueOf(version)).getPublicKey());
        return SigningKey.inTransit(now, Ids.next(), KeyPairs.thumbprint(publicKey), publicKey.getEncoded(), version);
    }

    @Override
    public Signer signer(SigningKey key) {
        int version = key.transitVersion().orElseThrow();
        return input -> ask(
                        "Signing tokens",
                        transit -> transit.sign(
                                NAME,
                                new VaultSecretsTransitSignParams()
                                        .setInput(input)
                                        .setKeyVersion(version)
                                        .setHashAlgorithm(VaultHashAlgorithm.SHA2_256)
                                        .setSignatureAlgorithm(VaultSecretsTransitSignatureAlgorithm.PKCS1V15)))
                .map(signed -> Base64.getDecoder().decode(signed.getSignature().split(":")[SIGNATURE_PART]));
    }

    private <T> Uni<T> ask(String what, Function<VaultSecretsTransit, CompletionStage<T>> question) {
        if (failing && System.nanoTime() - failedAt < PAUSE_NANOS) {
            return Uni.createFrom().failure(new VaultUnavailableException(what));
        }
        Uni<T> answer = vault.ask(client -> question.apply(client.secrets().transit(vault.transitMount())));
        // The database session of the caller lives on its context.
        return Optional.ofNullable(Vertx.currentContext())
                .map(own -> answer.emitOn(MutinyHelper.executor(own)))
                .orElse(answer)
                .invoke(() -> failing = false)
                .onFailure()
                .transform(failure -> unavailable(what, failure));
    }

    private Throwable unavailable(String what, Throwable failure) {
        failedAt = System.nanoTime();
        if (!failing) {
            LOG.warnf("Vault does not sign (%s); logins and tokens are refused until it does", Vault.reason(failure));
        }
        failing = true;
        return new VaultUnavailableException(what);
    }
}

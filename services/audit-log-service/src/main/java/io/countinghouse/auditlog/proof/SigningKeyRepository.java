package io.countinghouse.auditlog.proof;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

@ApplicationScoped
class SigningKeyRepository implements PanacheRepositoryBase<StoredSigningKey, UUID> {

    /** The one this service made itself; null before its first start. */
    Uni<StoredSigningKey> findGenerated() {
        return find("encryptedSeed is not null").firstResult();
    }

    Uni<StoredSigningKey> findByPublicKey(byte[] publicKey) {
        return find("publicKey", publicKey).firstResult();
    }

    /** Newest first. */
    Uni<List<StoredSigningKey>> listKeys() {
        return list("order by createdAt desc, id desc");
    }
}

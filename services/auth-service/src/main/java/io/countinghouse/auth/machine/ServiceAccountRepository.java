package io.countinghouse.auth.machine;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

@ApplicationScoped
class ServiceAccountRepository implements PanacheRepositoryBase<ServiceAccount, UUID> {

    Uni<ServiceAccount> findByClientId(String clientId) {
        return find("clientId", clientId).firstResult();
    }

    /** Of two token requests at once one writes. */
    Uni<Integer> use(UUID id, Instant now, Instant unlessSince) {
        return update(
                "lastUsedAt = ?1 where id = ?2 and (lastUsedAt is null or lastUsedAt < ?3)", now, id, unlessSince);
    }

    Uni<ServiceAccount> findLiveIn(Optional<UUID> tenant, UUID id) {
        return tenant.isPresent()
                ? find("id = ?1 and tenantId = ?2 and revokedAt is null", id, tenant.get())
                        .firstResult()
                : find("id = ?1 and revokedAt is null", id).firstResult();
    }

    /** Of one tenant, or of all and of the operator when none is named. */
    Uni<List<ServiceAccount>> newest(Optional<UUID> tenant, Optional<UUID> after, int limit) {
        String query = "revokedAt is null"
                + tenant.map(_ -> " and tenantId = :tenant").orElse("")
                + after.map(_ -> " and id < :after").orElse("")
                + " order by id desc";
        Map<String, Object> parameters = new HashMap<>();
        tenant.ifPresent(id -> parameters.put("tenant", id));
        after.ifPresent(id -> parameters.put("after", id));
        return find(query, parameters).page(0, limit).list();
    }

    /** Makes one of the seven services known, or gives it the secret that the configuration names now. */
    Uni<Void> upsertService(UUID id, String name, byte[] secretHash, Instant now) {
        return getSession()
                .chain(session -> session.createNativeQuery("""
                                insert into service_account (id, client_id, name, scope, secret_hash, created_at,
                                                             made_by_operator)
                                values (:id, :name, :name, 'service', :hash, :now, true)
                                on conflict (client_id) do update
                                    set secret_hash = excluded.secret_hash, revoked_at = null""")
                        .setParameter("id", id)
                        .setParameter("name", name)
                        .setParameter("hash", secretHash)
                        .setParameter("now", now)
                        .executeUpdate())
                .replaceWithVoid();
    }
}

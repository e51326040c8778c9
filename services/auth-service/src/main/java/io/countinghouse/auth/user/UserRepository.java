package io.countinghouse.auth.user;

import io.countinghouse.defaults.text.EmailAddress;
import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.exception.ConstraintViolationException;

@ApplicationScoped
class UserRepository implements PanacheRepositoryBase<User, UUID> {

    private static final String EMAIL_INDEX = "user_email_canonical_key";

    /** By any spelling of the address. */
    Uni<User> findByEmail(String email) {
        return find("emailCanonical", EmailAddress.canonical(email)).firstResult();
    }

    /** The user with the id, if it is in the tenant; with an empty tenant, wherever it is. */
    Uni<User> findIn(Optional<UUID> tenant, UUID id) {
        return tenant.isPresent()
                ? find("id = ?1 and tenantId = ?2", id, tenant.get()).firstResult()
                : findById(id);
    }

    /** The user, locked until the transaction ends: what it is compared with cannot change meanwhile. */
    Uni<User> lock(UUID id) {
        return findById(id, LockModeType.PESSIMISTIC_WRITE);
    }

    Uni<List<User>> newest(UUID tenant, Optional<UUID> after, int limit) {
        return after.isPresent()
                ? find("tenantId = ?1 and id < ?2 order by id desc", tenant, after.get())
                        .page(0, limit)
                        .list()
                : find("tenantId = ?1 order by id desc", tenant).page(0, limit).list();
    }

    Uni<List<User>> beyondAscii() {
        return find("octet_length(email) <> length(email) order by id").list();
    }

    Uni<Integer> respell(UUID id, String canonical) {
        return update("emailCanonical = ?1 where id = ?2", canonical, id);
    }

    Uni<User> oldestOwner(UUID tenant) {
        return find("tenantId = ?1 and role = 'owner' and passwordByAnother = false order by id", tenant)
                .firstResult();
    }

    Uni<Set<String>> withoutRole(List<UUID> ids, Set<String> roles) {
        return find("id in ?1 and role not in ?2", ids, roles)
                .list()
                .map(found -> found.stream().map(user -> user.id().toString()).collect(Collectors.toSet()));
    }

    /** Those who can act: an owner who never logged in does not count. */
    Uni<Long> countOwnersBeside(User user) {
        return count(
                "tenantId = ?1 and role = 'owner' and passwordByAnother = false and id <> ?2",
                user.tenantId(),
                user.id());
    }

    /** Adds a user, or fails because the e-mail address has one already; the index decides, also between replicas. */
    Uni<User> add(User user) {
        return persistAndFlush(user)
                .onFailure(UserRepository::isEmailTaken)
                .transform(_ -> new EmailTakenException(user.email()));
    }

    private static boolean isEmailTaken(Throwable failure) {
        return failure instanceof ConstraintViolationException violation
                && EMAIL_INDEX.equals(violation.getConstraintName());
    }
}

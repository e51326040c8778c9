package io.countinghouse.auth.user;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Users as the session feature sees them. Every call joins the transaction of its caller. */
@ApplicationScoped
public class UserAccounts {

    private final UserRepository repository;

    UserAccounts(UserRepository repository) {
        this.repository = repository;
    }

    public Uni<Optional<Credentials>> findByEmail(String email) {
        return repository
                .findByEmail(email)
                .map(user -> Optional.ofNullable(user).map(Credentials::of));
    }

    /**
     * The user as of now, who cannot change until the transaction ends: a session that is opened meanwhile is seen by
     * the change that would end it, or sees that change.
     */
    public Uni<Credentials> getForSession(UUID id) {
        return repository.findById(id, LockModeType.PESSIMISTIC_READ).map(Credentials::of);
    }

    public Uni<Credentials> get(UUID id) {
        return repository.findById(id).map(Credentials::of);
    }

    /** Those of the subjects that are users and have none of the roles now; a subject may be a machine's. */
    public Uni<Set<String>> withoutRole(Set<String> subjects, Set<String> roles) {
        return subjects.isEmpty()
                ? Uni.createFrom().item(Set.of())
                : repository.withoutRole(subjects.stream().map(UUID::fromString).toList(), roles);
    }

    /** Replaces the hash of an unchanged password; does nothing when the password was changed meanwhile. */
    public Uni<Void> rehash(Credentials verified, String hash) {
        return repository
                .findById(verified.userId())
                .invoke(user -> {
                    if (user.passwordHash().equals(verified.passwordHash())) {
                        user.rehash(hash);
                    }
                })
                .replaceWithVoid();
    }
}

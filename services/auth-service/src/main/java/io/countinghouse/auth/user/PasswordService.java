package io.countinghouse.auth.user;

import io.countinghouse.auth.password.PasswordHasher;
import io.countinghouse.auth.password.Passwords;
import io.countinghouse.auth.throttle.Account;
import io.countinghouse.auth.throttle.AttemptThrottle;
import io.countinghouse.auth.throttle.ClientAddress;
import io.countinghouse.defaults.audit.AuditTrail;
import io.countinghouse.defaults.problem.FieldError;
import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.defaults.tenancy.Caller;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Changes one's own password, on proof of the present one; guesses are throttled like logins. */
@ApplicationScoped
class PasswordService {

    private final UserRepository users;
    private final UserSessions sessions;
    private final PasswordHasher hasher;
    private final AttemptThrottle throttle;
    private final ClientAddress address;
    private final TenantTransaction transaction;
    private final AuditTrail audit;
    private final Caller caller;
    private final Clock clock;

    PasswordService(
            UserRepository users,
            UserSessions sessions,
            PasswordHasher hasher,
            AttemptThrottle throttle,
            ClientAddress address,
            TenantTransaction transaction,
            AuditTrail audit,
            Caller caller,
            Clock clock) {
        this.users = users;
        this.sessions = sessions;
        this.hasher = hasher;
        this.throttle = throttle;
        this.address = address;
        this.transaction = transaction;
        this.audit = audit;
        this.caller = caller;
        this.clock = clock;
    }

    Uni<Void> change(ChangePasswordRequest request) {
        UUID id = UUID.fromString(caller.subject());
        String client = address.current();
        return load(id).chain(user -> {
            String password = Passwords.accept(request.newPassword(), user.email(), user.name());
            if (password.equals(Passwords.normalise(request.currentPassword()))) {
                throw ProblemException.invalidField("new_password", "must be another than the present one");
            }
            return throttle.guard(
                            Account.of(user.email(), user.id(), user.tenantId()),
                            client,
                            () -> hasher.verify(user.passwordHash(), Passwords.normalise(request.currentPassword())))
                    .invoke(isRight -> {
                        if (!isRight) {
                            throw new ProblemException(
                                    422,
                                    "current-password-wrong",
                                    "Current password wrong",
                                    "The current password is not the one that was sent.",
                                    List.of(new FieldError("current_password", "is not the current password")));
                        }
                    })
                    .chain(() -> hasher.hash(password))
                    .chain(hash -> replace(user, hash));
        });
    }

    private Uni<User> load(UUID id) {
        return transaction.asCaller(() -> users.findIn(caller.tenant(), id)
                .onItem()
                .ifNull()
                .failWith(() -> ProblemException.notFound("user", id)));
    }

    private Uni<Void> replace(User verified, String hash) {
        return transaction.asCaller(() -> users.lock(verified.id())
                .map(user -> {
                    if (!user.passwordHash().equals(verified.passwordHash())) {
                        throw ProblemException.conflict(
                                "password-changed-meanwhile", "The password was changed by another request.");
                    }
                    boolean isFirst = user.mustChangePassword();
                    user.changePassword(hash, clock.instant());
                    return isFirst;
                })
                // The new password is written first: a login under way with the old one then waits, and fails.
                .call(users::flush)
                .call(() -> sessions.endAll(
                        verified.id(), caller.session().orElse(null), UserSessions.Reason.PASSWORD_CHANGE))
                .chain(isFirst -> audit.record(
                        "user.password_changed",
                        "user",
                        verified.id(),
                        verified.tenantId(),
                        Map.of("first_password", isFirst))));
    }
}

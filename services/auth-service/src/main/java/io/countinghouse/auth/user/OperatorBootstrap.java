package io.countinghouse.auth.user;

import io.countinghouse.auth.password.PasswordHasher;
import io.countinghouse.auth.password.Passwords;
import io.countinghouse.defaults.audit.AuditTrail;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.countinghouse.defaults.text.EmailAddress;
import io.countinghouse.defaults.time.Ids;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * The first of the operator's staff, from configuration. Created once: a password changed later stays changed, whatever
 * the configuration still says.
 */
@ApplicationScoped
class OperatorBootstrap {

    private static final Logger LOG = Logger.getLogger(OperatorBootstrap.class);

    private final OperatorConfig config;
    private final UserRepository users;
    private final PasswordHasher hasher;
    private final TenantTransaction transaction;
    private final AuditTrail audit;
    private final Clock clock;

    OperatorBootstrap(
            OperatorConfig config,
            UserRepository users,
            PasswordHasher hasher,
            TenantTransaction transaction,
            AuditTrail audit,
            Clock clock) {
        this.config = config;
        this.users = users;
        this.hasher = hasher;
        this.transaction = transaction;
        this.audit = audit;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) throws Throwable {
        if (config.operatorEmail().isPresent()) {
            String email = config.operatorEmail().get();
            String password = config.operatorPassword()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "countinghouse.auth.bootstrap.operator-email is set, operator-password is not"));
            VertxContextSupport.subscribeAndAwait(() -> ensure(email, password));
        }
    }

    private Uni<Void> ensure(String email, String password) {
        return transaction.forAllTenants(() -> users.findByEmail(email)).chain(existing -> {
            if (existing == null) {
                return hasher.hash(Passwords.accept(password, email)).chain(hash -> create(email, hash));
            }
            if (existing.tenantId() != null) {
                LOG.errorf("the configured operator is a user of tenant %s and is left as it is", existing.tenantId());
            }
            return Uni.createFrom().voidItem();
        });
    }

    private Uni<Void> create(String email, String hash) {
        User operator =
                User.operator(Ids.next(), new User.Person(EmailAddress.of(email), "Operator"), hash, clock.instant());
        return transaction
                .forAllTenants(() -> users.add(operator).call(() -> recordCreationOf(operator)))
                // Another replica that starts at the same time was faster: the operator is there, which is all we want.
                .onFailure(EmailTakenException.class)
                .recoverWithNull()
                .replaceWithVoid();
    }

    private Uni<Void> recordCreationOf(User operator) {
        return audit.record(
                new AuditTrail.Actor("system", "auth-service"),
                "user.created",
                "user",
                operator.id(),
                null,
                AuditTrail.Outcome.SUCCESS,
                Map.of("role", operator.role()));
    }
}

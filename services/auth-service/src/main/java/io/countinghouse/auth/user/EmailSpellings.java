package io.countinghouse.auth.user;

import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.countinghouse.defaults.text.EmailAddress;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.hibernate.exception.ConstraintViolationException;
import org.jboss.logging.Logger;

/**
 * Gives the addresses beyond ASCII of before V10 their canonical spelling, which SQL cannot compute. New ones have it from the
 * start, so that this finds nothing in most installations.
 */
@ApplicationScoped
class EmailSpellings {

    private static final Logger LOG = Logger.getLogger(EmailSpellings.class);

    private final UserRepository users;
    private final TenantTransaction transaction;

    EmailSpellings(UserRepository users, TenantTransaction transaction) {
        this.users = users;
        this.transaction = transaction;
    }

    void start(@Observes StartupEvent event) throws Throwable {
        VertxContextSupport.subscribeAndAwait(this::complete);
    }

    /** Oldest first: of two accounts of one mailbox the first keeps the address, the other can no longer log in by it. */
    Uni<Void> complete() {
        return transaction
                .forAllTenants(users::beyondAscii)
                .onItem()
                .transformToMulti(found -> Multi.createFrom().iterable(found))
                .filter(user -> !EmailAddress.canonical(user.email()).equals(user.emailCanonical()))
                .onItem()
                .transformToUniAndConcatenate(user -> transaction
                        .forAllTenants(() -> users.respell(user.id(), EmailAddress.canonical(user.email())))
                        .onFailure(ConstraintViolationException.class)
                        .invoke(() -> LOG.warnf(
                                "user %s shares the mailbox of an older account and cannot log in by it", user.id()))
                        .onFailure(ConstraintViolationException.class)
                        .recoverWithNull())
                .collect()
                .last()
                .replaceWithVoid();
    }
}

package io.countinghouse.defaults.tenancy;

import io.countinghouse.defaults.problem.ProblemException;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.hibernate.reactive.mutiny.Mutiny;

/**
 * The only way to the database: opens a session and a transaction, and tells PostgreSQL which tenant's rows the
 * transaction may see and write (setting {@code app.tenant}, read by the row-level security policies). A call inside
 * another joins its transaction; a scope set by an inner call ends with it.
 */
@ApplicationScoped
public class TenantTransaction {

    private static final String ALL = "*";

    /** Where the running transaction's scope is kept on the request's Vert.x context, beside Panache's session. */
    private static final String SCOPE = TenantTransaction.class.getName();

    /** Where what is to follow the commit is kept, on the same context; there only while a transaction runs. */
    private static final String FOLLOWING = SCOPE + ".following";

    private final Caller caller;

    TenantTransaction(Caller caller) {
        this.caller = caller;
    }

    /** In the caller's scope: its tenant's rows, or every tenant's for an operator or a service. */
    public <T> Uni<T> asCaller(Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            if (caller.isAnonymous()) {
                return Uni.createFrom().failure(ProblemException.unauthorized("This operation needs a token."));
            }
            return in(caller.tenant().map(UUID::toString).orElse(ALL), work);
        });
    }

    /** One tenant's rows, whoever calls. */
    public <T> Uni<T> forTenant(UUID tenant, Supplier<Uni<T>> work) {
        return in(tenant.toString(), work);
    }

    /** Every tenant's rows: background work, and what happens before a tenant is known (login, signup). */
    public <T> Uni<T> forAllTenants(Supplier<Uni<T>> work) {
        return in(ALL, work);
    }

    /** Runs {@code what} once the transaction under way has been committed, and not at all when it is rolled back. */
    public void afterCommit(Runnable what) {
        List<Runnable> following = Vertx.currentContext().getLocal(FOLLOWING);
        if (following == null) {
            throw new IllegalStateException("no transaction is under way");
        }
        following.add(what);
    }

    private static <T> Uni<T> in(String scope, Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            Context context = Vertx.currentContext();
            if (context == null || context.getLocal(FOLLOWING) != null) {
                return joined(scope, work);
            }
            List<Runnable> following = new ArrayList<>();
            context.putLocal(FOLLOWING, following);
            return toItsEnd(Uni.createFrom()
                    .deferred(() -> joined(scope, work))
                    .onTermination()
                    .invoke(() -> context.removeLocal(FOLLOWING))
                    .invoke(() -> following.forEach(Runnable::run)));
        });
    }

    /**
     * A transaction ends by itself, also when its client has hung up: a session that is closed between two statements logs
     * errors and leaves it to the pool to roll back.
     */
    private static <T> Uni<T> toItsEnd(Uni<T> transaction) {
        return Uni.createFrom().emitter(emitter -> {
            AtomicBoolean given = new AtomicBoolean();
            emitter.onTermination(() -> given.set(true));
            transaction.subscribe().with(item -> emitter.complete(item), failure -> {
                if (!given.get()) {
                    emitter.fail(failure);
                }
            });
        });
    }

    private static <T> Uni<T> joined(String scope, Supplier<Uni<T>> work) {
        return Panache.withTransaction(() -> {
            Context context = Vertx.currentContext();
            String before = context.getLocal(SCOPE);
            if (scope.equals(before)) {
                return work.get();
            }
            context.putLocal(SCOPE, scope);
            return Panache.getSession()
                    .chain(session -> set(session, scope)
                            .chain(ignored -> work.get())
                            .call(() -> before == null
                                    ? Uni.createFrom().voidItem()
                                    : session.flush().chain(() -> set(session, before))))
                    .eventually(() -> restore(context, before));
        });
    }

    private static void restore(Context context, String before) {
        if (before == null) {
            context.removeLocal(SCOPE);
        } else {
            context.putLocal(SCOPE, before);
        }
    }

    /** Until the end of the transaction, never longer: the connection goes back to the pool without it. */
    private static Uni<String> set(Mutiny.Session session, String scope) {
        return session.createNativeQuery("select set_config('app.tenant', :scope, true)", String.class)
                .setParameter("scope", scope)
                .getSingleResult();
    }
}

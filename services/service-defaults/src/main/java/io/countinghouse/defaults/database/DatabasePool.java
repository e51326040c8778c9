package io.countinghouse.defaults.database;

import io.quarkus.arc.Unremovable;
import io.quarkus.reactive.datasource.runtime.ConnectOptionsSupplier;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.spi.PgDriver;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.Utils;
import io.vertx.sqlclient.spi.ConnectionFactory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The pool of the requests, which holds connections to a server that takes writes and to no other. While a primary moves, its
 * name leads to a standby for a moment; a connection made then would stay, and fail each request that gets it. And a
 * connection on which nothing moves is given up, for a server that vanished without a word leaves the client waiting for a
 * quarter of an hour.
 */
@Singleton
@Unremovable
public class DatabasePool implements PgPoolCreator {

    /** Holds for a standby, too: each of its transactions is read-only. */
    public static final String WRITABLE = "SELECT current_setting('transaction_read_only') = 'off'";

    private final DatabaseLeases leases;
    private final Optional<String> leased;
    private final Duration silence;

    DatabasePool(
            @Named("database-leases") DatabaseLeases leases,
            @ConfigProperty(name = "quarkus.datasource.credentials-provider") Optional<String> leased,
            @ConfigProperty(name = "countinghouse.database.silence") Duration silence) {
        this.leases = leases;
        this.leased = leased;
        this.silence = silence;
    }

    @Override
    // Quarkus wants the type that Vert.x will drop; nothing else changes how connections are made and may refuse one.
    @SuppressWarnings("deprecation")
    public Pool create(Input input) {
        List<PgConnectOptions> servers = input.pgConnectOptionsList();
        for (PgConnectOptions server : servers) {
            server.setTcpKeepAlive(true)
                    .setIdleTimeout((int) silence.toMillis())
                    .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        }
        Supplier<Future<PgConnectOptions>> login = leased.<Supplier<Future<PgConnectOptions>>>map(
                        role -> new ConnectOptionsSupplier<>(leases, role, servers, PgConnectOptions::new))
                .orElseGet(() -> Utils.roundRobinSupplier(servers));
        Pool pool = PgDriver.INSTANCE.createPool(input.vertx(), login, input.poolOptions());
        ConnectionFactory connections = PgDriver.INSTANCE.createConnectionFactory(input.vertx(), login);
        return pool.connectionProvider(context -> connections.connect(context).compose(DatabasePool::writable));
    }

    private static Future<SqlConnection> writable(SqlConnection connection) {
        return connection
                .query(WRITABLE)
                .execute()
                .compose(rows -> rows.iterator().next().getBoolean(0)
                        ? Future.succeededFuture(connection)
                        : Future.<SqlConnection>failedFuture(new ReadOnlyServerException()))
                .recover(failure -> connection.close().transform(_ -> Future.failedFuture(failure)));
    }
}

package io.countinghouse.operations.database;

import io.countinghouse.operations.ServiceName;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import org.flywaydb.core.Flyway;

/** The PostgreSQL of this package's tests, with the databases and roles of all services: started once, ended with the JVM. */
final class TestServer {

    private static final String PASSWORD = "of-the-test";
    private static final EmbeddedPostgres SERVER = start();

    private TestServer() {}

    private static EmbeddedPostgres start() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder().start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(server)));
            try (Connection administrator =
                    DriverManager.getConnection(url(server, "postgres"), "postgres", "postgres")) {
                new Databases(administrator).prepare(_ -> Optional.of(PASSWORD));
            }
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void close(EmbeddedPostgres server) {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All migrations of a service are applied; those that are already stay. */
    static Flyway migrate(ServiceName service) {
        Flyway flyway = Flyway.configure()
                .dataSource(url(SERVER, service.database()), service.ownerRole(), PASSWORD)
                .locations("classpath:migration/service-defaults", "classpath:migration/" + service.id())
                .load();
        flyway.migrate();
        return flyway;
    }

    static Connection owner(ServiceName service) throws SQLException {
        return DriverManager.getConnection(url(SERVER, service.database()), service.ownerRole(), PASSWORD);
    }

    private static String url(EmbeddedPostgres server, String database) {
        return "jdbc:postgresql://localhost:" + server.getPort() + "/" + database;
    }
}

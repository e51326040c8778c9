package io.countinghouse.databases;

import static org.assertj.core.api.Assertions.assertThat;

import io.countinghouse.operations.ServiceName;
import io.countinghouse.operations.database.Migrations;
import io.countinghouse.operations.database.Rollback;
import io.countinghouse.operations.database.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The versions of PostgreSQL that are supported beside the newest one, on which all other tests run. */
class ServerVersionTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {16, 17})
    void anOlderServerHasTheSameSchemaAndTakesItBack(int version)
            throws IOException, SQLException, InterruptedException {
        try (Server server = Server.start(folder, version, Map.of("fsync", "off"))) {
            // Given
            assertThat(server.texts("postgres", "show server_version").getFirst())
                    .startsWith(version + ".");
            Operations made = Operations.databases(Operations.environment(server));
            assertThat(made.exit()).as(made.said()).isZero();

            // When
            Operations again = Operations.databases(Operations.environment(server));

            // Then
            assertThat(again.said()).contains("all databases and roles were there");
            for (ServiceName service : ServiceName.values()) {
                migrate(server, service);
                try (Connection owner = owner(server, service)) {
                    assertThat(Schema.of(owner)).as(service.id()).isEqualTo(Schema.packaged(service));
                    assertThat(new Rollback(owner, service).run().version())
                            .isEqualTo(Migrations.packaged(service).lastKey().toString());
                }
                migrate(server, service);
                try (Connection owner = owner(server, service)) {
                    assertThat(Schema.of(owner)).as(service.id()).isEqualTo(Schema.packaged(service));
                }
            }
        }
        assertThat(Files.readString(folder.resolve("postgresql.log"))).doesNotContain("PANIC");
    }

    private static void migrate(Server server, ServiceName service) {
        Flyway.configure()
                .dataSource(server.url(service.database()), service.ownerRole(), Operations.PASSWORD)
                .locations("classpath:migration/service-defaults", "classpath:migration/" + service.id())
                .load()
                .migrate();
    }

    private static Connection owner(Server server, ServiceName service) throws SQLException {
        return server.connect(service.database(), service.ownerRole(), Operations.PASSWORD);
    }
}

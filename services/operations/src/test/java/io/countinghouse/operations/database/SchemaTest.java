package io.countinghouse.operations.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.countinghouse.operations.ServiceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is packaged about the schemas is what the migrations make. After a migration that is meant, run it with
 * {@code -Dschema.update=true} and commit the difference.
 */
class SchemaTest {

    private static final Path PACKAGED = Path.of("src/main/resources/schema");

    @ParameterizedTest
    @EnumSource
    void packagedLinesAreWhatTheMigrationsMake(ServiceName service) throws IOException, SQLException {
        // When
        Flyway flyway = TestServer.migrate(service);

        // Then
        try (Connection connection = TestServer.owner(service)) {
            update(service, Schema.of(connection));
            assertThat(Schema.packaged(service)).isEqualTo(Schema.of(connection));
            assertThat(Schema.REQUIRED_TABLES.get(service))
                    .allMatch(table -> Schema.packaged(service).contains("table " + table));
        }
        var packaged = Migrations.packaged(service);
        assertThat(flyway.info().applied())
                .extracting(MigrationInfo::getScript, MigrationInfo::getChecksum)
                .containsExactlyElementsOf(packaged.values().stream()
                        .map(migration -> org.assertj.core.groups.Tuple.tuple(migration.script(), migration.checksum()))
                        .toList());
        assertThat(packaged.values()).allMatch(Migrations.Migration::reversible);
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTH", "USAGE", "AI_MODELING"})
    void aDrillLeavesTheSchemaAndANote(ServiceName service) throws SQLException {
        // Given
        TestServer.migrate(service);
        Set<String> before;
        RollbackDrill.Trace trace;
        try (Connection connection = TestServer.owner(service)) {
            before = Schema.of(connection);

            // When
            trace = new RollbackDrill(connection, service).run();
        }

        // Then
        try (Connection connection = TestServer.owner(service)) {
            assertThat(Schema.of(connection)).isEqualTo(before);
            assertThat(RollbackDrill.last(connection)).contains(trace);
            assertThat(trace.version())
                    .isEqualTo(Migrations.packaged(service).lastKey().toString());
        }
    }

    /** Each service has migrations of its own, so each makes it; one class of service-defaults reads all of them. */
    @ParameterizedTest
    @EnumSource
    void theTurnsOfPeriodicWorkAreKeptInTheSameTableEverywhere(ServiceName service) {
        // When
        List<String> turns = turns(service);

        // Then
        assertThat(turns).isNotEmpty().isEqualTo(turns(ServiceName.BILLING));
    }

    private static List<String> turns(ServiceName service) {
        return Schema.packaged(service).stream()
                .filter(line -> line.contains("work_turn"))
                .sorted()
                .toList();
    }

    private static void update(ServiceName service, Set<String> lines) throws IOException {
        if (!Boolean.getBoolean("schema.update")) {
            return;
        }
        List<String> migrations = new ArrayList<>();
        for (String folder : List.of("service-defaults", service.id())) {
            try (Stream<Path> scripts = Files.list(Path.of("..", folder, "src/main/resources/db/migration"))) {
                scripts.map(script -> folder + "/" + script.getFileName())
                        .sorted()
                        .forEach(migrations::add);
            }
        }
        for (var file : Map.of(service.id() + ".txt", lines, service.id() + ".migrations", migrations)
                .entrySet()) {
            Files.write(PACKAGED.resolve(file.getKey()), file.getValue());
            Path built = Path.of("target/classes/schema").resolve(file.getKey());
            Files.createDirectories(built.getParent());
            Files.write(built, file.getValue());
        }
    }
}

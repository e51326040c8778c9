package io.countinghouse.operations.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countinghouse.operations.OperationException;
import io.countinghouse.operations.ServiceName;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several installations on one server: each test is one, or two, with a prefix of its own. */
class DatabasesTest {

    private static final Function<String, Optional<String>> PASSWORDS = role -> Optional.of("first " + role);
    private static final Function<String, Optional<String>> OTHERS = role -> Optional.of("second " + role);

    @TempDir
    static Path folder;

    private static PasswordServer server;
    private static Connection administrator;

    @BeforeAll
    static void start() throws SQLException {
        server = new PasswordServer(folder);
        administrator = server.administrator();
    }

    @AfterAll
    static void stop() throws SQLException, IOException {
        administrator.close();
        server.close();
    }

    @Test
    void aSecondRunFindsAllAndSetsNoPasswordAnew() throws SQLException {
        // Given
        Databases databases = of("twice_", "a/twice");
        List<String> first = databases.prepare(PASSWORDS);
        int statements = verifiersSet();

        // When
        List<String> second = databases.prepare(PASSWORDS);

        // Then
        assertThat(first)
                .contains(
                        "role twice_usage_service_owner",
                        "database twice_usage_service_db",
                        "mark on database twice_usage_service_db");
        assertThat(second).isEmpty();
        assertThat(verifiersSet()).isEqualTo(statements);
        assertThat(server.letsIn("twice_usage_service_db", "twice_usage_service_app", "first usage_service_app"))
                .isTrue();
        assertThat(server.letsIn("twice_usage_service_db", "twice_billing_service_app", "first billing_service_app"))
                .as("of another service")
                .isFalse();
    }

    @Test
    void aPasswordThatWasChangedIsSet() throws SQLException {
        // Given
        of("rotated_", "a/rotated").prepare(PASSWORDS);

        // When
        of("rotated_", "a/rotated").prepare(OTHERS);

        // Then
        assertThat(server.letsIn("rotated_auth_service_db", "rotated_auth_service_app", "second auth_service_app"))
                .isTrue();
    }

    @Test
    void noPasswordIsInTheServersLog() throws SQLException, IOException {
        // When
        of("logged_", "a/logged").prepare(role -> Optional.of("only-between-us-" + role));

        // Then
        assertThat(server.log()).contains("ALTER ROLE logged_usage_service_app LOGIN PASSWORD 'SCRAM-SHA-256$");
        assertThat(server.log()).doesNotContain("only-between-us-");
    }

    @Test
    void aSecondInstallationIsRefusedBeforeItChangesAnything() throws SQLException {
        // Given
        of("taken_", "production/countinghouse").prepare(PASSWORDS);

        // When, then
        assertThatThrownBy(() -> of("taken_", "staging/countinghouse").prepare(OTHERS))
                .isInstanceOf(OperationException.class)
                .hasMessageContaining("database taken_auth_service_db belongs to the installation"
                        + " 'production/countinghouse', and this one is 'staging/countinghouse'")
                .hasMessageContaining("COUNTINGHOUSE_DATABASE_PREFIX")
                .hasMessageContaining("Nothing was changed");
        for (ServiceName service : ServiceName.values()) {
            assertThat(server.letsIn(
                            "taken_" + service.database(),
                            "taken_" + service.applicationRole(),
                            "first " + service.applicationRole()))
                    .as(service.id())
                    .isTrue();
        }
    }

    @Test
    void databasesOfAVersionBeforeMarksAreAdoptedByTheirPasswords() throws SQLException {
        // Given
        of("before_", null).prepare(PASSWORDS);
        execute("COMMENT ON DATABASE before_usage_service_db IS 'meters, see the wiki'");

        // When
        List<String> made = of("before_", "a/upgraded").prepare(PASSWORDS);

        // Then
        assertThat(made).hasSize(7).allMatch(what -> what.startsWith("mark on database before_"));
        assertThat(Schema.texts(administrator, """
                        select shobj_description(oid, 'pg_database') from pg_database
                        where datname in ('before_usage_service_db', 'before_auth_service_db') order by datname"""))
                .containsExactly(
                        "countinghouse installation: a/upgraded",
                        "meters, see the wiki countinghouse installation: a/upgraded");
    }

    @Test
    void databasesWithoutAMarkAreNotAdoptedByWhomTheyDoNotLetIn() throws SQLException {
        // Given
        of("foreign_", null).prepare(PASSWORDS);

        // When, then
        assertThatThrownBy(() -> of("foreign_", "b/second").prepare(OTHERS))
                .isInstanceOf(OperationException.class)
                .hasMessageContaining("does not let foreign_auth_service_owner in with the password of 'b/second'")
                .hasMessageContaining(
                        "COMMENT ON DATABASE foreign_auth_service_db IS 'countinghouse installation: b/second'");
        assertThat(server.letsIn("foreign_auth_service_db", "foreign_auth_service_app", "first auth_service_app"))
                .isTrue();
    }

    @Test
    void aServerWithTooFewConnectionsIsRefusedWithWhatToChange() throws SQLException {
        assertThat(ConnectionBudget.check(administrator, 97)).isEqualTo("up to 97 of the server's 97 connections");
        assertThatThrownBy(() -> ConnectionBudget.check(administrator, 98))
                .isInstanceOf(OperationException.class)
                .hasMessageContaining("may open up to 98 connections, and the server has 97 for applications")
                .hasMessageContaining("max_connections 100, of which 3 are reserved")
                .hasMessageContaining("raise max_connections to at least 101");
    }

    @Test
    void whatTheProgramMakesTheScriptMakes() throws SQLException, IOException {
        // Given
        of("program_", "c/both").prepare(PASSWORDS);
        String script = new DatabasesScript(new DatabaseNames("script_"), Optional.of("c/both"), false).text(PASSWORDS);

        // When
        Psql.run(server, script);
        Psql.run(server, script);

        // Then
        assertThat(made("script_")).isEqualTo(made("program_")).hasSizeGreaterThan(40);
        assertThat(script).doesNotContain("first ");
        for (ServiceName service : ServiceName.values()) {
            for (String role : List.of(service.ownerRole(), service.applicationRole())) {
                assertThat(server.letsIn("script_" + service.database(), "script_" + role, "first " + role))
                        .as(role)
                        .isTrue();
            }
        }
        assertThat(of("script_", "c/both").prepare(PASSWORDS)).isEmpty();
    }

    @Test
    void theScriptRefusesTheDatabasesOfAnother() throws SQLException {
        // Given
        of("kept_", "d/first").prepare(PASSWORDS);
        String script = new DatabasesScript(new DatabaseNames("kept_"), Optional.of("d/second"), false).text(OTHERS);

        // When, then
        assertThatThrownBy(() -> Psql.run(server, script))
                .hasMessageContaining("a database is another installation's")
                .hasMessageContaining("countinghouse installation: d/first");
        assertThat(server.letsIn("kept_auth_service_db", "kept_auth_service_app", "first auth_service_app"))
                .isTrue();
    }

    @Test
    void withoutPasswordsTheScriptLeavesThemToAPerson() throws SQLException {
        String script = new DatabasesScript(DatabaseNames.PLAIN, Optional.empty(), false).text(_ -> Optional.empty());
        String leased = new DatabasesScript(DatabaseNames.PLAIN, Optional.empty(), true).text(_ -> Optional.empty());

        assertThat(script).contains("CREATE ROLE usage_service_app LOGIN", "-- \\password usage_service_app");
        assertThat(leased).contains("CREATE ROLE usage_service_app NOLOGIN").doesNotContain("password usage");
    }

    @Test
    void aNameThatSqlWouldReadOtherwiseIsRefused() {
        for (String prefix : List.of("Prod_", "1st_", "a-b_", "x; drop", "a234567890123456789012345678901")) {
            assertThatThrownBy(() -> new DatabaseNames(prefix))
                    .as(prefix)
                    .hasMessageContaining("COUNTINGHOUSE_DATABASE_PREFIX is '" + prefix + "'");
        }
        assertThatThrownBy(() -> of("x_", "it's mine").prepare(PASSWORDS)).hasMessageContaining("'it's mine'");
    }

    private static Databases of(String prefix, String installation) {
        return new Databases(
                administrator, new DatabaseNames(prefix), Optional.ofNullable(installation), server::letsIn);
    }

    private static void execute(String sql) throws SQLException {
        try (var statement = administrator.createStatement()) {
            statement.execute(sql);
        }
    }

    /** How many statements have set a password. */
    private static int verifiersSet() {
        try {
            return server.log().split("LOGIN PASSWORD", -1).length;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** All that the catalogs say about the databases and roles of a prefix, without it. */
    private static List<String> made(String prefix) throws SQLException {
        return Schema.texts(administrator, """
                select replace(line, '%1$s', '') from (
                    select 'role ' || rolname || ' ' || rolcanlogin || rolsuper || rolcreatedb || rolcreaterole || rolbypassrls
                    from pg_roles where rolname like '%1$s%%'
                    union all
                    select 'member ' || member::regrole || ' of ' || roleid::regrole || admin_option || inherit_option || set_option
                    from pg_auth_members where member::regrole::text like '%1$s%%' or roleid::regrole::text like '%1$s%%'
                    union all
                    select 'database ' || datname || ' of ' || datdba::regrole || ' ' || datacl::text || ' '
                        || shobj_description(oid, 'pg_database') from pg_database where datname like '%1$s%%'
                ) as lines (line) order by 1""".formatted(prefix));
    }
}

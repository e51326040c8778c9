package io.countinghouse.stack;

import io.countinghouse.operations.OperationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What an installation in a cluster finds outside of it, for the deployment tests: a PostgreSQL with an administrator,
 * and a mail server that keeps what it is sent. PGPASSWORD is its superuser's, ADMINISTRATOR_PASSWORD its administrator's.
 */
@Command(name = "backing", mixinStandardHelpOptions = true)
final class Backing implements Callable<Integer> {

    private static final String ADMINISTRATOR = "administrator";

    @Option(names = "--data", required = true, description = "folder of the database")
    private Path data;

    @Option(names = "--network", required = true, description = "who may connect, such as 10.213.0.0/16")
    private String network;

    @Option(
            names = "--database-sql",
            description = "vault/database.sql, run with the password in COUNTINGHOUSE_VAULT_DATABASE_PASSWORD")
    private Path databaseSql;

    @Option(names = "--postgres-port", defaultValue = "5432")
    private int postgresPort;

    @Option(
            names = "--max-connections",
            defaultValue = "600",
            description =
                    "of PostgreSQL; ${DEFAULT-VALUE} are for leased roles, whose connections come anew each minute")
    private int maxConnections;

    @Option(
            names = "--tls",
            description = "folder with server.crt and server.key: then only who connects with TLS is let in")
    private Path tls;

    @Option(names = "--smtp-port", defaultValue = "2525")
    private int smtpPort;

    public static void main(String[] arguments) {
        Logger.getLogger("").setLevel(Level.WARNING);
        System.exit(new CommandLine(new Backing()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException {
        String password = password("ADMINISTRATOR_PASSWORD");
        Map<String, String> settings =
                Map.of("max_connections", Integer.toString(maxConnections), "listen_addresses", "*");
        try (DurableServer server = DurableServer.start(
                        data,
                        data.resolveSibling("postgresql.log"),
                        postgresPort,
                        password("PGPASSWORD"),
                        settings,
                        List.of((tls == null ? "host" : "hostssl") + " all all " + network + " scram-sha-256"));
                Mailbox _ = Mailbox.start("0.0.0.0", smtpPort)) {
            // Who ends this ends it by a signal, which runs no finally.
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            make(
                    server,
                    ADMINISTRATOR,
                    "CREATE ROLE " + ADMINISTRATOR + " LOGIN CREATEDB CREATEROLE PASSWORD '" + password + "'");
            if (tls != null) {
                switchOnTls(server);
            }
            if (databaseSql != null) {
                // As psql would fill it in.
                String vault = "'" + password("COUNTINGHOUSE_VAULT_DATABASE_PASSWORD") + "'";
                make(
                        server,
                        "countinghouse_vault",
                        Files.readString(databaseSql).replace(":'password'", vault));
            }
            System.out.println("ready: PostgreSQL on port " + postgresPort + ", SMTP on port " + smtpPort);
            new CountDownLatch(1).await();
        }
        return 0;
    }

    private void switchOnTls(DurableServer server) throws IOException, SQLException {
        Files.copy(tls.resolve("server.crt"), data.resolve("server.crt"), StandardCopyOption.REPLACE_EXISTING);
        Path key = data.resolve("server.key");
        Files.copy(tls.resolve("server.key"), key, StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        try (Connection connection = server.superuser();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER SYSTEM SET ssl = on");
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    private static String password(String variable) {
        String password = System.getenv(variable);
        if (password == null || !password.matches("[A-Za-z0-9]{16,}")) {
            throw new OperationException(variable + " must be set to 16 or more letters and digits");
        }
        return password;
    }

    private static void make(DurableServer server, String role, String sql) throws SQLException {
        try (Connection connection = server.superuser();
                Statement statement = connection.createStatement();
                var there = statement.executeQuery("select 1 from pg_roles where rolname = '" + role + "'")) {
            if (!there.next()) {
                connection.createStatement().execute(sql);
            }
        }
    }
}

package io.countinghouse.operations;

import io.countinghouse.operations.database.Databases;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "databases",
        mixinStandardHelpOptions = true,
        description = {
            "Makes the seven databases and their roles, where they are missing, and sets the roles' passwords.",
            "COUNTINGHOUSE_ADMIN_USERNAME and COUNTINGHOUSE_ADMIN_PASSWORD name an administrator; the passwords are in"
                    + " variables named for the roles, such as USAGE_SERVICE_OWNER_PASSWORD and USAGE_SERVICE_APP_PASSWORD."
        })
final class DatabasesCommand implements Callable<Integer> {

    @Mixin
    private DatabaseServer server;

    @Override
    public Integer call() throws SQLException {
        try (Connection administrator = server.connect(
                "postgres",
                DatabaseServer.secret("COUNTINGHOUSE_ADMIN_USERNAME"),
                DatabaseServer.secret("COUNTINGHOUSE_ADMIN_PASSWORD"))) {
            List<String> made = new Databases(administrator)
                    .prepare(role -> DatabaseServer.secret(role.toUpperCase(Locale.ROOT) + "_PASSWORD"));
            made.forEach(what -> System.out.println("made " + what));
            System.out.println(made.isEmpty() ? "all databases and roles were there" : made.size() + " made");
        }
        return 0;
    }
}

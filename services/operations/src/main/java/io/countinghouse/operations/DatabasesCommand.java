package io.countinghouse.operations;

import io.countinghouse.operations.database.Databases;
import io.countinghouse.operations.secret.Secrets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "databases",
        mixinStandardHelpOptions = true,
        description = {
            "Makes the seven databases and their roles, where they are missing, and sets the roles' passwords.",
            "COUNTINGHOUSE_ADMIN_USERNAME and COUNTINGHOUSE_ADMIN_PASSWORD name an administrator; the passwords are in"
                    + " variables named for the roles, such as USAGE_SERVICE_OWNER_PASSWORD and USAGE_SERVICE_APP_PASSWORD.",
            "With VAULT_ADDR the administrator is leased, and the roles are groups that nobody logs in as: services lease"
                    + " members of them."
        })
final class DatabasesCommand implements Callable<Integer> {

    @Mixin
    private DatabaseServer server;

    @Override
    public Integer call() throws SQLException {
        try (Secrets secrets = Secrets.configured();
                Connection administrator = server.connect("postgres", secrets.administrator())) {
            List<String> made = new Databases(administrator).prepare(secrets::passwordOf);
            made.forEach(what -> System.out.println("made " + what));
            System.out.println(made.isEmpty() ? "all databases and roles were there" : made.size() + " made");
        }
        return 0;
    }
}

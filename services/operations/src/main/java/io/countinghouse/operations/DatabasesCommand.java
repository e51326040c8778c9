package io.countinghouse.operations;

import io.countinghouse.operations.database.ConnectionBudget;
import io.countinghouse.operations.database.DatabaseNames;
import io.countinghouse.operations.database.Databases;
import io.countinghouse.operations.database.DatabasesScript;
import io.countinghouse.operations.secret.Account;
import io.countinghouse.operations.secret.EnvironmentSecrets;
import io.countinghouse.operations.secret.Secrets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "databases",
        mixinStandardHelpOptions = true,
        description = {
            "Makes the seven databases and their roles, where they are missing, and sets the roles' passwords.",
            "COUNTINGHOUSE_ADMIN_USERNAME and COUNTINGHOUSE_ADMIN_PASSWORD name an administrator; the passwords are in"
                    + " variables named for the roles, such as USAGE_SERVICE_OWNER_PASSWORD and USAGE_SERVICE_APP_PASSWORD.",
            "COUNTINGHOUSE_DATABASE_PREFIX stands before each name of a database and role, not of a variable.",
            "With VAULT_ADDR the administrator is leased, and the roles are groups that nobody logs in as: services lease"
                    + " members of them."
        })
final class DatabasesCommand implements Callable<Integer> {

    @Mixin
    private DatabaseServer server;

    @Option(
            names = "--installation",
            defaultValue = "${env:COUNTINGHOUSE_INSTALLATION:-}",
            description = "marks the databases as this installation's, and refuses those of another"
                    + " (COUNTINGHOUSE_INSTALLATION; default: neither)")
    private String installation;

    @Option(
            names = "--budget",
            defaultValue = "${env:COUNTINGHOUSE_CONNECTION_BUDGET:-}",
            description = "how many connections the installation may open; a server that has fewer is refused"
                    + " (COUNTINGHOUSE_CONNECTION_BUDGET; default: not compared)")
    private String budget;

    @Option(names = "--print", description = "print a script for psql that does the same, and connect to nothing")
    private boolean print;

    @Option(
            names = "--verifiers",
            description = "with --print: set the passwords too, by their SCRAM-SHA-256 verifiers")
    private boolean verifiers;

    @Override
    public Integer call() throws SQLException {
        DatabaseNames names = DatabaseNames.configured();
        Optional<String> owner = Optional.of(installation).filter(each -> !each.isEmpty());
        if (print) {
            Function<String, Optional<String>> passwords =
                    verifiers ? new EnvironmentSecrets()::passwordOf : _ -> Optional.empty();
            System.out.print(new DatabasesScript(names, owner, Secrets.areLeased()).text(passwords));
            return 0;
        }
        try (Secrets secrets = Secrets.configured();
                Connection administrator = server.connect("postgres", secrets.administrator())) {
            if (!budget.isEmpty()) {
                System.out.println(ConnectionBudget.check(administrator, connections()));
            }
            List<String> made = new Databases(
                            administrator,
                            names,
                            owner,
                            (database, role, password) -> server.letsIn(database, new Account(role, password)))
                    .prepare(secrets::passwordOf);
            made.forEach(what -> System.out.println("made " + what));
            System.out.println(made.isEmpty() ? "all databases and roles were there" : made.size() + " made");
        }
        return 0;
    }

    private int connections() {
        if (!budget.matches("[0-9]{1,6}")) {
            throw new OperationException("the budget of connections is '" + budget + "'; it is a number");
        }
        return Integer.parseInt(budget);
    }
}

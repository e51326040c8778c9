package io.countinghouse.operations;

import io.countinghouse.operations.database.DatabaseNames;
import io.countinghouse.operations.database.Rollback;
import io.countinghouse.operations.database.RollbackDrill;
import io.countinghouse.operations.secret.Secrets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = {
            "Takes the latest migration of a service back: undo script and history row in one transaction.",
            "COUNTINGHOUSE_DATABASE_OWNER_PASSWORD is the password of the role that migrates, such as"
                    + " usage_service_owner; with VAULT_ADDR a member of it is leased."
        })
final class RollbackCommand implements Callable<Integer> {

    @Mixin
    private DatabaseServer server;

    @Parameters(paramLabel = "SERVICE", description = "such as usage-service")
    private String service;

    @Option(names = "--dry-run", description = "print what would be done")
    private boolean dryRun;

    @Option(
            names = "--drill",
            description =
                    "undo and apply again, compare the schema and keep nothing of it but a note that it was tried")
    private boolean drill;

    @Override
    public Integer call() throws SQLException {
        ServiceName name = Arrays.stream(ServiceName.values())
                .filter(each -> each.id().equals(service))
                .findFirst()
                .orElseThrow(() -> new OperationException("'" + service + "' is none of "
                        + Arrays.stream(ServiceName.values())
                                .map(ServiceName::id)
                                .toList()));
        try (Secrets secrets = Secrets.configured();
                Connection owner = server.connect(DatabaseNames.configured().database(name), secrets.owner(name))) {
            if (drill) {
                RollbackDrill.Trace trace = new RollbackDrill(owner, name).run();
                System.out.printf(
                        "%-22s version %s undone and applied again in %d ms, the schema is the same; nothing was kept%n",
                        service, trace.version(), trace.millis());
                return 0;
            }
            Rollback rollback = new Rollback(owner, name);
            Rollback.Step step = dryRun ? rollback.next() : rollback.run();
            System.out.println((dryRun ? "would undo " : "undid ") + service + " version " + step.version() + " ("
                    + step.description() + ") by " + step.script());
            if (dryRun) {
                System.out.println(step.sql());
            }
        }
        return 0;
    }
}

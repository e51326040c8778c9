package io.countinghouse.operations;

import io.countinghouse.operations.backup.BackupCommand;
import io.countinghouse.operations.backup.RestoreCommand;
import io.countinghouse.operations.kubernetes.SecretsCommand;
import io.countinghouse.operations.readiness.ReadinessCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program: one command for each thing that an operator does from outside. */
@Command(
        name = "operations",
        mixinStandardHelpOptions = true,
        description = "Operates an installation of Countinghouse.",
        subcommands = {
            SecretsCommand.class,
            DatabasesCommand.class,
            RollbackCommand.class,
            CheckCommand.class,
            RotateSigningKeyCommand.class,
            JourneyCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            ReadinessCommand.class
        })
final class Main {

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main())
                .setExecutionExceptionHandler((failure, _, _) -> {
                    if (failure instanceof OperationException) {
                        System.err.println("operations: " + failure.getMessage());
                        return failure instanceof RefusedException ? RefusedException.EXIT_CODE : 1;
                    }
                    throw failure;
                })
                .execute(arguments));
    }
}

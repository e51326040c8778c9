package io.countinghouse.stack;

import io.countinghouse.operations.ServiceName;
import java.io.PrintStream;

/** The one table: what runs, where, how it is, and what it takes. */
final class StatusTable {

    private StatusTable() {}

    static void print(LocalStack stack, PrintStream out) {
        String row = "%-22s %-28s %-8s %8s%n";
        out.printf(row, "SERVICE", "URL", "HEALTH", "MEMORY");
        long total = 0;
        for (ServiceName name : ServiceName.values()) {
            ServiceProcess service = stack.service(name);
            long memory = service.memory();
            total += memory;
            out.printf(row, name.id(), stack.config().url(name), service.isReady() ? "UP" : "DOWN", memory + " MB");
        }
        out.printf(row, "origin", stack.config().originUrl(), "UP", total + " MB");
        out.printf("%-22s %s%n", "mailbox", stack.config().originUrl() + "/mailbox");
        out.printf(
                "%-22s %s%n",
                "PostgreSQL", "localhost:" + stack.config().postgresPort() + " (roles and passwords below)");
        out.printf("%-22s %s%n", "operator", Secrets.OPERATOR_EMAIL + ", password in the file below");
        out.printf("%-22s %s%n", "secrets", stack.secrets().file());
        out.println();
    }
}

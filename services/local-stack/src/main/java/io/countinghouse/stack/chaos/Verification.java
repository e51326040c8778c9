package io.countinghouse.stack.chaos;

import io.countinghouse.operations.OperationException;
import io.countinghouse.operations.ServiceName;
import io.countinghouse.operations.backup.BackupCommand;
import io.countinghouse.operations.backup.RestoreCommand;
import io.countinghouse.operations.journey.Api;
import io.countinghouse.stack.LocalStack;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** What must hold when the killing is over. */
final class Verification {

    private final LocalStack stack;

    Verification(LocalStack stack) {
        this.stack = stack;
    }

    /** What each database has of a writer's markers: nothing that was acknowledged is missing, nothing is there twice. */
    List<String> writes(List<Writer> writers) throws SQLException {
        List<String> wrong = new ArrayList<>();
        for (Writer writer : writers) {
            Map<String, Long> rows = rows(writer);
            for (String marker : writer.acknowledged()) {
                if (!rows.containsKey(marker)) {
                    wrong.add(writer.service().id() + " acknowledged " + marker + ", which is not there");
                }
            }
            rows.forEach((marker, count) -> {
                if (count > 1) {
                    wrong.add(writer.service().id() + " has " + marker + " " + count + " times");
                }
            });
        }
        return wrong;
    }

    private Map<String, Long> rows(Writer writer) throws SQLException {
        Map<String, Long> rows = new HashMap<>();
        try (Connection connection = stack.database(writer.service());
                PreparedStatement select =
                        connection.prepareStatement(writer.target().rows())) {
            select.setString(1, writer.prefix() + "%");
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    rows.put(found.getString(1), found.getLong(2));
                }
            }
        }
        return rows;
    }

    /**
     * Waits until all that the services have to tell each other, and all mail, is delivered. Webhooks are not waited for: what
     * a receiver does not take is tried for days.
     */
    void awaitDeliveries() {
        Api.await("the outboxes and the mail to be delivered", () -> waiting() == 0 ? true : null);
    }

    private long waiting() {
        try {
            long waiting = 0;
            for (ServiceName service : ServiceName.values()) {
                waiting += number(service, "select count(*) from outbox_event where state = 'pending'");
            }
            return waiting
                    + number(
                            ServiceName.NOTIFICATION,
                            "select count(*) from notification where state = 'queued' and channel = 'email'");
        } catch (SQLException e) {
            throw new OperationException("cannot ask the databases: " + e.getMessage(), e);
        }
    }

    long deadLetters() throws SQLException {
        long dead = 0;
        for (ServiceName service : ServiceName.values()) {
            dead += number(service, "select count(*) from outbox_event where state = 'dead'");
        }
        return dead;
    }

    private long number(ServiceName service, String query) throws SQLException {
        try (Connection connection = stack.database(service);
                PreparedStatement select = connection.prepareStatement(query);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Whether a backup, restored, passes the drill: audit tree, ledger against invoices, events against effects. */
    boolean passesDrill(Path folder) {
        Path backup = folder.resolve("backup");
        return new CommandLine(new BackupCommand())
                                .execute(
                                        backup.toString(),
                                        "--data",
                                        stack.config().data().toString())
                        == 0
                && new CommandLine(new RestoreCommand()).execute(backup.toString(), "--drill") == 0;
    }
}

package io.countinghouse.operations.backup;

import io.countinghouse.operations.ServiceName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * That no event fell between two databases. The receiver commits before the sender notes the delivery, so at any one
 * point in time what the sender calls delivered is in the receiver's inbox; and the sender writes before it sends, so
 * what is in an inbox is in the sender's outbox, as far back as that is kept.
 */
final class DeliveryChecks {

    private static final int AT_ONCE = 5_000;

    /** Sender and receiver may be on machines whose clocks differ, by much less than this. */
    private static final Duration CLOCKS = Duration.ofMinutes(1);

    private final Server server;
    private long delivered;
    private long received;

    DeliveryChecks(Server server) {
        this.server = server;
    }

    List<Check> all() {
        return List.of(new Check("events", this::events));
    }

    private String events() throws SQLException {
        long pending = 0;
        long dead = 0;
        for (ServiceName sender : ServiceName.values()) {
            try (Connection from = server.reading(sender)) {
                pending += Sql.number(from, "select count(*) from outbox_event where state = 'pending'");
                dead += Sql.number(from, "select count(*) from outbox_event where state = 'dead'");
                for (ServiceName receiver : ServiceName.values()) {
                    try (Connection to = server.reading(receiver)) {
                        compare(sender, from, receiver, to);
                    }
                }
            }
        }
        return String.format(
                Locale.ROOT,
                "%,d delivered are in their inboxes, %,d received are in their outboxes, %,d on their way, %,d dead",
                delivered,
                received,
                pending,
                dead);
    }

    private void compare(ServiceName sender, Connection from, ServiceName receiver, Connection to) throws SQLException {
        try (PreparedStatement sent = from.prepareStatement(
                        "select event_id from outbox_event where state = 'delivered' and destination = ?");
                PreparedStatement oldest = from.prepareStatement(
                        "select min(delivered_at) from outbox_event where state = 'delivered' and destination = ?");
                PreparedStatement taken = to.prepareStatement(
                        "select distinct split_part(event_id, '#', 1)::uuid from inbox_event where source = ? and received_at >= ?");
                PreparedStatement missingInInbox = to.prepareStatement("select e from unnest(?) e where not exists"
                        + " (select from inbox_event where source = ? and event_id = e::text)");
                PreparedStatement missingInOutbox = from.prepareStatement("select e from unnest(?) e where not exists"
                        + " (select from outbox_event where event_id = e and destination = ?)")) {
            sent.setString(1, receiver.id());
            delivered += eachIn(
                    sent,
                    missingInInbox,
                    sender.id(),
                    "event %s was delivered by " + sender.id() + ", and " + receiver.database() + " has never seen it");
            oldest.setString(1, receiver.id());
            try (ResultSet rows = oldest.executeQuery()) {
                rows.next();
                if (rows.getTimestamp(1) == null) {
                    return;
                }
                Instant kept = rows.getTimestamp(1).toInstant().plus(CLOCKS);
                taken.setString(1, sender.id());
                taken.setTimestamp(2, java.sql.Timestamp.from(kept));
            }
            received += eachIn(
                    taken,
                    missingInOutbox,
                    receiver.id(),
                    "event %s was received by " + receiver.id() + ", and " + sender.database() + " has never sent it");
        }
    }

    private static long eachIn(PreparedStatement ids, PreparedStatement missing, String other, String sentence)
            throws SQLException {
        ids.setFetchSize(AT_ONCE);
        long count = 0;
        List<UUID> batch = new ArrayList<>();
        try (ResultSet rows = ids.executeQuery()) {
            while (rows.next()) {
                batch.add(rows.getObject(1, UUID.class));
                count++;
                if (batch.size() == AT_ONCE) {
                    refuseMissing(batch, missing, other, sentence);
                    batch.clear();
                }
            }
        }
        refuseMissing(batch, missing, other, sentence);
        return count;
    }

    private static void refuseMissing(List<UUID> batch, PreparedStatement missing, String other, String sentence)
            throws SQLException {
        missing.setArray(1, missing.getConnection().createArrayOf("uuid", batch.toArray()));
        missing.setString(2, other);
        try (ResultSet rows = missing.executeQuery()) {
            if (rows.next()) {
                throw new ViolationException(sentence.formatted(rows.getString(1)));
            }
        }
    }
}

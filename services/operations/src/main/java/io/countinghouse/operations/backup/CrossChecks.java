package io.countinghouse.operations.backup;

import io.countinghouse.operations.ServiceName;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** What is true between the databases only if all of them stand at one point in time. */
final class CrossChecks {

    private static final int AT_ONCE = 1_000;

    private final Server server;

    CrossChecks(Server server) {
        this.server = server;
    }

    List<Check> all() {
        return List.of(
                new Check("bills, invoices", this::billsAndInvoices),
                new Check("invoices, ledger", this::invoicesAndLedger),
                new Check("bills, usage", this::billsAndUsage));
    }

    /** An invoice says what was billed, line by line; a billed period has its invoice, or its event is on the way. */
    private String billsAndInvoices() throws SQLException {
        try (Connection billing = server.reading(ServiceName.BILLING);
                Connection invoices = server.reading(ServiceName.INVOICE)) {
            long compared = 0;
            for (List<Pair> batch : batches(invoices, """
                    select period_id, concat_ws(' ', tenant_id, currency, net,
                        (select string_agg(position || '=' || amount, ' ' order by position)
                         from invoice_line l where l.invoice_id = i.id))
                    from invoices i where period_id is not null order by id
                    """)) {
                Map<UUID, String> billed = answers(billing, """
                        select id, concat_ws(' ', tenant_id, currency, net,
                            (select string_agg(position || '=' || amount, ' ' order by position)
                             from billing_line l where l.period_id = p.id))
                        from billing_period p where id = any (?)
                        """, batch);
                for (Pair invoice : batch) {
                    if (!invoice.text().equals(billed.get(invoice.id()))) {
                        throw new ViolationException("period " + invoice.id() + " was invoiced as " + invoice.text()
                                + " and billed as " + billed.get(invoice.id()));
                    }
                }
                compared += batch.size();
            }
            long waiting = 0;
            for (List<Pair> batch : batches(billing, """
                    select id, (select state from outbox_event o where o.type = 'billing.period.closed.v1'
                                and o.subject = p.id::text and o.destination = 'invoice-service' and state <> 'delivered')
                    from billing_period p order by id
                    """)) {
                Map<UUID, String> invoiced = answers(
                        invoices, "select distinct period_id, '' from invoices where period_id = any (?)", batch);
                for (Pair period : batch) {
                    if (!invoiced.containsKey(period.id())) {
                        if (period.text() == null) {
                            throw new ViolationException("billed period " + period.id()
                                    + " has no invoice, and no event of it is on the way");
                        }
                        waiting++;
                    }
                }
            }
            return String.format(
                    Locale.ROOT,
                    "%,d invoices repeat their billed period line by line; %,d periods on their way to an invoice",
                    compared,
                    waiting);
        }
    }

    /** What became of an invoice stands in the ledger once, or its event is on the way. */
    private String invoicesAndLedger() throws SQLException {
        try (Connection billing = server.reading(ServiceName.BILLING);
                Connection invoices = server.reading(ServiceName.INVOICE)) {
            long entries = 0;
            long waiting = 0;
            for (String what : List.of("finalized", "paid", "voided")) {
                String has = what.equals("finalized")
                        ? "number is not null"
                        : "status = '" + (what.equals("paid") ? "paid" : "void") + "'";
                for (List<Pair> batch :
                        batches(invoices, """
                        select id, concat_ws(' ', %s total, currency) || coalesce((select ' ' || state from outbox_event o
                            where o.type = 'invoice.invoice.%s.v1' and o.subject = i.id::text
                              and o.destination = 'billing-service' and state <> 'delivered'), '')
                        from invoices i where %s order by id
                        """.formatted(what.equals("finalized") ? "" : "-", what, has))) {
                    Map<UUID, String> written = answers(billing, """
                            select (details ->> 'invoice_id')::uuid, string_agg(amount || ' ' || currency, ', ')
                            from billing_event where type = 'invoice_%s'
                              and details ->> 'invoice_id' = any (cast(? as text[])) group by 1
                            """.formatted(what), batch);
                    for (Pair invoice : batch) {
                        String entry = written.get(invoice.id());
                        boolean isWaiting = invoice.text().split(" ").length > 2;
                        if (entry == null && isWaiting) {
                            waiting++;
                        } else if (entry == null || !invoice.text().startsWith(entry)) {
                            throw new ViolationException("invoice " + invoice.id() + " was " + what + " over "
                                    + invoice.text() + ", the ledger says " + entry);
                        } else {
                            entries++;
                        }
                    }
                }
            }
            return String.format(
                    Locale.ROOT,
                    "%,d entries for invoices finalized, paid and voided; %,d on their way",
                    entries,
                    waiting);
        }
    }

    /** A billed quantity is the sum of the events up to the cut-off that was billed (ADR 2), recomputed. */
    private String billsAndUsage() throws SQLException {
        try (Connection billing = server.reading(ServiceName.BILLING);
                Connection usage = server.reading(ServiceName.USAGE);
                PreparedStatement lines = billing.prepareStatement("""
                        select p.tenant_id, l.meter, p.period_start::text, p.period_end::text, p.usage_cutoff::bigint,
                               l.quantity, p.id
                        from billing_line l join billing_period p on p.id = l.period_id
                        where l.meter is not null and p.usage_cutoff is not null
                        """);
                PreparedStatement total = usage.prepareStatement("""
                        select m.aggregation, count(v.event_id), round(coalesce(sum(v.value), 0), 18)
                        from meter m left join usage_metrics v on v.meter_id = m.id and v.tenant_id = ?
                            and v.time >= ?::timestamptz and v.time < ?::timestamptz
                            and v.sequence <= ? and (v.void_sequence is null or v.void_sequence > ?)
                        where m.key = ? group by m.id
                        """)) {
            lines.setFetchSize(AT_ONCE);
            long compared = 0;
            long others = 0;
            long events = 0;
            try (ResultSet line = lines.executeQuery()) {
                while (line.next()) {
                    total.setObject(1, line.getObject(1));
                    total.setString(2, line.getString(3));
                    total.setString(3, line.getString(4));
                    total.setLong(4, line.getLong(5));
                    total.setLong(5, line.getLong(5));
                    total.setString(6, line.getString(2));
                    try (ResultSet found = total.executeQuery()) {
                        if (!found.next()) {
                            throw new ViolationException("period " + line.getString(7) + " was billed by meter '"
                                    + line.getString(2) + "', which usage-service does not have");
                        }
                        String aggregation = found.getString(1);
                        if (!aggregation.equals("count") && !aggregation.equals("sum")) {
                            others++;
                            continue;
                        }
                        var quantity = aggregation.equals("count")
                                ? java.math.BigDecimal.valueOf(found.getLong(2))
                                : found.getBigDecimal(3);
                        if (quantity.compareTo(line.getBigDecimal(6)) != 0) {
                            throw new ViolationException("period " + line.getString(7) + " was billed "
                                    + line.getBigDecimal(6).stripTrailingZeros().toPlainString() + " of meter '"
                                    + line.getString(2) + "', the events up to the cut-off give "
                                    + quantity.stripTrailingZeros().toPlainString());
                        }
                        events += found.getLong(2);
                        compared++;
                    }
                }
            }
            return String.format(
                    Locale.ROOT,
                    "%,d billed quantities recomputed from %,d metered values%s",
                    compared,
                    events,
                    others == 0 ? "" : "; " + others + " of other aggregations left out");
        }
    }

    private record Pair(UUID id, String text) {}

    /** Rows of an identifier and a text, in parts small enough for one question each. */
    private static List<List<Pair>> batches(Connection connection, String query) throws SQLException {
        List<List<Pair>> all = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(query)) {
            select.setFetchSize(AT_ONCE);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    if (all.isEmpty() || all.getLast().size() == AT_ONCE) {
                        all.add(new ArrayList<>());
                    }
                    all.getLast().add(new Pair(rows.getObject(1, UUID.class), rows.getString(2)));
                }
            }
        }
        return all;
    }

    private static Map<UUID, String> answers(Connection connection, String query, List<Pair> batch)
            throws SQLException {
        Map<UUID, String> answers = new HashMap<>();
        Array ids =
                connection.createArrayOf("uuid", batch.stream().map(Pair::id).toArray());
        try (PreparedStatement select = connection.prepareStatement(query)) {
            select.setArray(1, ids);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    answers.put(rows.getObject(1, UUID.class), rows.getString(2));
                }
            }
        }
        return answers;
    }
}

package io.countinghouse.operations.backup;

import io.countinghouse.operations.ServiceName;
import java.math.BigDecimal;
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
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
                    from billing_period p where exists (select from billing_line l where l.period_id = p.id) order by id
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

    /** What moves the balance of a tenant, where invoice-service keeps it, and the entry that it has in the ledger. */
    private enum Movement {
        FINALIZED("invoice", "finalized", "invoice_finalized", "invoice.invoice.finalized.v1", "invoice_id", """
                select id, tenant_id, total as amount, currency from invoices where number is not null"""),
        VOIDED("invoice", "voided", "invoice_voided", "invoice.invoice.voided.v1", "invoice_id", """
                select id, tenant_id, -total as amount, currency from invoices where status = 'void'"""),
        PAID("payment", "recorded", "payment_recorded", "invoice.payment.recorded.v1", "payment_id", """
                select id, tenant_id, -amount as amount, currency from payment"""),
        CREDITED("credit note", "issued", "credit_note_issued", "invoice.credit_note.issued.v1", "credit_note_id", """
                select id, tenant_id, -total as amount, currency from credit_note""");

        private final String noun;
        private final String verb;
        private final String entry;
        private final String event;
        private final String key;
        private final String rows;

        Movement(String noun, String verb, String entry, String event, String key, String rows) {
            this.noun = noun;
            this.verb = verb;
            this.entry = entry;
            this.event = event;
            this.key = key;
            this.rows = rows;
        }
    }

    /**
     * Each movement stands in the ledger once with its amount, or its event is on the way; what the ledger says that a
     * tenant owes is what is left of its invoices, but for what is on the way.
     */
    private String invoicesAndLedger() throws SQLException {
        try (Connection billing = server.reading(ServiceName.BILLING);
                Connection invoices = server.reading(ServiceName.INVOICE)) {
            long entries = 0;
            long waiting = 0;
            Map<String, BigDecimal> moved = new TreeMap<>();
            Map<String, BigDecimal> written = new TreeMap<>();
            for (Movement movement : Movement.values()) {
                for (List<Pair> batch : batches(invoices, """
                        select id, concat_ws(' ', tenant_id, currency, amount, (
                            select min(state) from outbox_event o where o.type = '%s' and o.data ->> '%s' = m.id::text
                                and o.destination = 'billing-service' and state <> 'delivered'))
                        from (%s) m order by id
                        """.formatted(movement.event, movement.key, movement.rows))) {
                    Map<UUID, String> found = answers(billing, """
                            select (details ->> '%1$s')::uuid,
                                   string_agg(concat_ws(' ', tenant_id, currency, amount), ', ')
                            from billing_event where type = '%2$s'
                              and details ->> '%1$s' = any (cast(? as text[])) group by 1
                            """.formatted(movement.key, movement.entry), batch);
                    for (Pair row : batch) {
                        String[] said = row.text().split(" ");
                        String account = said[0] + " " + said[1];
                        BigDecimal amount = new BigDecimal(said[2]);
                        String entry = found.get(row.id());
                        moved.merge(account, amount, BigDecimal::add);
                        if (entry == null && said.length > 3) {
                            waiting++;
                        } else if (!(account + " " + said[2]).equals(entry)) {
                            throw new ViolationException(movement.noun + " " + row.id() + " was " + movement.verb
                                    + " over " + said[2] + " " + said[1] + ", the ledger says " + entry);
                        } else {
                            entries++;
                            written.merge(account, amount, BigDecimal::add);
                        }
                    }
                }
            }
            Map<String, BigDecimal> left = sums(invoices, """
                    select tenant_id || ' ' || currency, sum(total - paid - credited)
                    from invoices where number is not null and status <> 'void' group by tenant_id, currency
                    """);
            refuseDifference("the movements of %s come to %s, what is left of the invoices is %s", moved, left);
            Map<String, BigDecimal> owed = sums(billing, """
                    select tenant_id || ' ' || currency, sum(amount) from billing_event
                    where amount is not null and type in ('invoice_finalized', 'payment_recorded', 'credit_note_issued',
                        'invoice_voided', 'invoice_paid', 'invoice_credited') group by tenant_id, currency
                    """);
            refuseDifference("the movements of %s that were written down come to %s, the ledger to %s", written, owed);
            return String.format(
                    Locale.ROOT,
                    "%,d entries of invoices, payments and credit notes; balances of %,d tenants and currencies are equal;"
                            + " %,d on their way",
                    entries,
                    owed.size(),
                    waiting);
        }
    }

    private static void refuseDifference(String message, Map<String, BigDecimal> one, Map<String, BigDecimal> other) {
        Set<String> accounts = new TreeSet<>(one.keySet());
        accounts.addAll(other.keySet());
        for (String account : accounts) {
            BigDecimal first = one.getOrDefault(account, BigDecimal.ZERO);
            BigDecimal second = other.getOrDefault(account, BigDecimal.ZERO);
            if (first.compareTo(second) != 0) {
                throw new ViolationException(
                        message.formatted("tenant " + account, first.toPlainString(), second.toPlainString()));
            }
        }
    }

    private static Map<String, BigDecimal> sums(Connection connection, String query) throws SQLException {
        Map<String, BigDecimal> sums = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement(query);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                sums.put(rows.getString(1), rows.getBigDecimal(2));
            }
        }
        return sums;
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
                                ? BigDecimal.valueOf(found.getLong(2))
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

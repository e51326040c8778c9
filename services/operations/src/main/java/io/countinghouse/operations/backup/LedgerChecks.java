package io.countinghouse.operations.backup;

import io.countinghouse.operations.ServiceName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/** What is true within the database of billing, and within that of invoices. */
final class LedgerChecks {

    private final Server server;

    LedgerChecks(Server server) {
        this.server = server;
    }

    List<Check> all() {
        return List.of(
                new Check("ledger", this::ledger),
                new Check("invoices", this::invoices),
                new Check("invoice numbers", this::numbers));
    }

    private String ledger() throws SQLException {
        try (Connection billing = server.reading(ServiceName.BILLING)) {
            Sql.none(billing, """
                    select 'the ledger of tenant ' || tenant_id || ' has ' || entries || ' entries numbered '
                        || lowest || ' to ' || highest || ', its last number is ' || coalesce(last::text, 'unknown')
                    from (select tenant_id, count(*) as entries, min(sequence) as lowest, max(sequence) as highest
                          from billing_event group by tenant_id) e
                    full join billing_event_sequence s using (tenant_id)
                    where (entries, lowest, highest) is distinct from (last, 1::bigint, last)
                    """);
            Sql.none(billing, """
                    select 'the lines of billed period ' || id || ' sum to ' || coalesce(lines, 0) || ', its net is '
                        || net
                    from billing_period p
                    left join (select period_id, sum(amount) as lines from billing_line group by period_id) l
                        on l.period_id = p.id
                    where coalesce(lines, 0) <> net
                    """);
            Sql.none(billing, """
                    select 'the ledger has ' || closings || ' closings of billed period ' || id || ' over '
                        || coalesce(closed::text, 'nothing') || ' and charges of ' || charged || ', its net is ' || net
                    from billing_period p, lateral (
                        select count(*) filter (where type = 'period_closed') as closings,
                               sum(amount) filter (where type = 'period_closed') as closed,
                               coalesce(sum(amount) filter (where type = 'period_charge'), 0) as charged
                        from billing_event e where e.period_id = p.id) e
                    where closings <> 1 or closed <> net or charged <> net
                    """);
            return String.format(
                    Locale.ROOT,
                    "%,d entries of %,d tenants without a gap; %,d billed periods: lines, charges and closing equal net %s",
                    Sql.number(billing, "select count(*) from billing_event"),
                    Sql.number(billing, "select count(*) from billing_event_sequence"),
                    Sql.number(billing, "select count(*) from billing_period"),
                    amounts(billing, "select currency, sum(net) as amount from billing_period group by currency"));
        }
    }

    private String invoices() throws SQLException {
        try (Connection invoices = server.reading(ServiceName.INVOICE)) {
            Sql.none(invoices, """
                    select 'invoice ' || coalesce(number, id::text) || ': net ' || net || ' but lines ' || lines || ', tax '
                        || tax || ' but taxes ' || taxes || ', paid ' || paid || ' but payments ' || payments
                        || ', credited ' || credited || ' but credit notes ' || credits
                    from invoices i,
                        lateral (select coalesce(sum(amount), 0) as lines from invoice_line where invoice_id = i.id) l,
                        lateral (select coalesce(sum(amount), 0) as taxes from invoice_tax where invoice_id = i.id) t,
                        lateral (select coalesce(sum(amount), 0) as payments from payment where invoice_id = i.id) p,
                        lateral (select coalesce(sum(total), 0) as credits from credit_note where invoice_id = i.id) c
                    where net <> lines or tax <> taxes or total <> net + tax or paid <> payments or credited <> credits
                    """);
            return String.format(
                    Locale.ROOT,
                    "%,d (%s): lines, taxes, payments and credit notes sum to what each says; in all %s",
                    Sql.number(invoices, "select count(*) from invoices"),
                    Sql.text(
                            invoices,
                            "select coalesce(string_agg(n || ' ' || status, ', ' order by status), 'none') from"
                                    + " (select status, count(*) as n from invoices group by status) s"),
                    amounts(
                            invoices,
                            "select currency, sum(total) as amount from invoices where status <> 'void' group by currency"));
        }
    }

    /** Numbers of a series run from 1 to its last without a gap, across years and kinds of document. */
    private String numbers() throws SQLException {
        try (Connection invoices = server.reading(ServiceName.INVOICE)) {
            Sql.none(invoices, """
                    select 'series ' || name || ' has ' || documents || ' documents numbered ' || lowest || ' to '
                        || highest || ', its last number is ' || coalesce(last::text, 'unknown')
                    from (select substring(number from '^(.*)-[0-9]+$') as name, count(*) as documents,
                                 min(substring(number from '[0-9]+$')::bigint) as lowest,
                                 max(substring(number from '[0-9]+$')::bigint) as highest
                          from (select number from invoices where number is not null
                                union all select number from credit_note) n
                          group by 1) d
                    full join number_series s using (name)
                    where (documents, lowest, highest) is distinct from (last, 1::bigint, last)
                    """);
            return Sql.text(
                    invoices,
                    "select coalesce(string_agg(name || ': 1 to ' || last, ', ' order by name), 'none taken yet')"
                            + " || ', without a gap' from number_series");
        }
    }

    private static String amounts(Connection connection, String query) throws SQLException {
        return Sql.text(
                connection,
                "select coalesce(string_agg(trim_scale(amount) || ' ' || currency, ' + ' order by currency), '0') from ("
                        + query + ") a");
    }
}

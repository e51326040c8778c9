package io.countinghouse.operations.readiness;

import io.countinghouse.operations.ServiceName;
import io.countinghouse.operations.database.Migrations;
import io.countinghouse.operations.database.RollbackDrill;
import io.countinghouse.operations.database.Schema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What is in a service's database: migrations, tables, indexes, row-level security, and the last rollback drill. */
final class DatabaseCheck {

    static final Set<Line> LINES = Set.of(
            Line.MIGRATIONS,
            Line.REVERSIBLE,
            Line.SCHEMA,
            Line.TABLES,
            Line.INDEXES,
            Line.ROW_SECURITY,
            Line.ROLLBACK_DRILL);

    /** Clocks of the database and of the service differ by less than this. */
    private static final Duration SKEW = Duration.ofSeconds(5);

    /** A row of flyway_schema_history. */
    private record Applied(String script, Integer checksum, boolean success, Instant at) {}

    private final Site site;
    private final Http http;
    private final Limits limits;

    DatabaseCheck(Site site, Http http, Limits limits) {
        this.site = site;
        this.http = http;
        this.limits = limits;
    }

    List<Finding> of(ServiceName service, Set<Line> lines) {
        try (Connection connection = site.database(service)) {
            List<Finding> findings = new ArrayList<>();
            for (Line line : Line.values()) {
                if (LINES.contains(line) && lines.contains(line)) {
                    findings.add(measure(line, service, connection));
                }
            }
            return findings;
        } catch (SQLException e) {
            return LINES.stream()
                    .filter(lines::contains)
                    .map(line ->
                            Finding.notMeasured(line, service, "the database cannot be reached: " + e.getMessage()))
                    .toList();
        }
    }

    private Finding measure(Line line, ServiceName service, Connection connection) {
        try {
            return switch (line) {
                case MIGRATIONS -> migrations(service, connection);
                case REVERSIBLE -> reversible(service, connection);
                case SCHEMA -> schema(service, connection);
                case TABLES -> tables(service, connection);
                case INDEXES -> indexes(service, connection);
                case ROW_SECURITY -> rowSecurity(service, connection);
                case ROLLBACK_DRILL -> rollbackDrill(service, connection);
                default -> throw new IllegalArgumentException(line.id());
            };
        } catch (SQLException e) {
            return Finding.notMeasured(line, service, e.getMessage());
        }
    }

    private static Finding migrations(ServiceName service, Connection connection) throws SQLException {
        SortedMap<Integer, Migrations.Migration> expected = Migrations.packaged(service);
        Map<Integer, Applied> applied = applied(connection);
        List<String> problems = new ArrayList<>();
        expected.forEach((version, migration) -> {
            Applied found = applied.get(version);
            if (found == null) {
                problems.add(migration.script() + " is not applied");
            } else if (!found.success()) {
                problems.add(migration.script() + " failed when it was applied");
            } else if (found.checksum() == null || found.checksum() != migration.checksum()) {
                problems.add(migration.script() + " is not the one that was applied: checksum " + migration.checksum()
                        + ", applied " + found.checksum());
            }
        });
        applied.forEach((version, found) -> {
            if (!expected.containsKey(version)) {
                problems.add(found.script() + " is applied and not of this version");
            }
        });
        return Finding.of(
                Line.MIGRATIONS,
                service,
                expected.size() + " applied, at V" + expected.lastKey() + ", checksums are those of this version",
                problems);
    }

    private static Finding reversible(ServiceName service, Connection connection) throws SQLException {
        SortedMap<Integer, Migrations.Migration> expected = Migrations.packaged(service);
        Map<Integer, Applied> applied = applied(connection);
        List<String> problems = new ArrayList<>();
        applied.forEach((version, found) -> {
            if (!expected.containsKey(version) || !expected.get(version).reversible()) {
                problems.add(found.script() + " has no undo script in this version");
            }
        });
        return Finding.of(
                Line.REVERSIBLE, service, applied.size() + " of " + applied.size() + " can be undone", problems);
    }

    /**
     * Two things: that the service found its entities in the schema when it started, after the last migration, by the
     * time that it publishes; and that no column was changed since, by the columns that the migrations make.
     */
    private Finding schema(ServiceName service, Connection connection) throws SQLException {
        Set<String> expected = Schema.packaged(service);
        Predicate<String> columns = line -> line.startsWith("column ") || line.startsWith("table ");
        List<String> problems = new ArrayList<>(Schema.differences(expected, Schema.of(connection), columns));
        Instant migrated = applied(connection).values().stream()
                .map(Applied::at)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
        String entities = "";
        for (Site.Process process : site.processes(service)) {
            Http.Answer answer = http.get(process.management() + "/metrics");
            if (!answer.isOk()) {
                if (problems.isEmpty()) {
                    return Finding.notMeasured(
                            Line.SCHEMA,
                            service,
                            "columns agree, but whether entities do is not told: " + answer.failure());
                }
                continue;
            }
            Metrics.Sample sample = Metrics.parse(answer.text())
                    .first(Metrics.prefix(service) + "_schema_validated_timestamp_seconds")
                    .orElse(null);
            if (sample == null) {
                problems.add("the service does not say that it validated its entities when it started");
            } else {
                Instant validated = Instant.ofEpochMilli((long) (sample.value() * 1000));
                entities = sample.label("entities");
                if (validated.plus(SKEW).isBefore(migrated)) {
                    problems.add("entities were validated at " + validated + ", before the last migration at "
                            + migrated + ": restart the service");
                }
            }
        }
        return Finding.of(
                Line.SCHEMA,
                service,
                entities + " entities validated since the last migration, "
                        + expected.stream().filter(l -> l.startsWith("column ")).count()
                        + " columns as migrated",
                problems);
    }

    private static Finding tables(ServiceName service, Connection connection) throws SQLException {
        Set<String> found = new TreeSet<>(Schema.texts(
                connection,
                "select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')"));
        List<String> required = Schema.REQUIRED_TABLES.get(service);
        List<String> problems = required.stream()
                .filter(table -> !found.contains(table))
                .map(table -> "there is no table " + table)
                .toList();
        return Finding.of(
                Line.TABLES, service, String.join(", ", required) + "; " + found.size() + " in all", problems);
    }

    private static Finding indexes(ServiceName service, Connection connection) throws SQLException {
        Predicate<String> kinds =
                line -> line.startsWith("index ") || line.startsWith("constraint ") || line.startsWith("trigger ");
        Set<String> expected = Schema.packaged(service);
        List<String> problems = Schema.differences(expected, Schema.of(connection), kinds);
        return Finding.of(
                Line.INDEXES,
                service,
                count(expected, "index ") + " indexes, " + count(expected, "constraint ") + " constraints, "
                        + count(expected, "trigger ") + " triggers",
                problems);
    }

    private static long count(Set<String> lines, String kind) {
        return lines.stream().filter(line -> line.startsWith(kind)).count();
    }

    private Finding rowSecurity(ServiceName service, Connection connection) throws SQLException {
        String role = site.databaseNames(service).applicationRole(service);
        List<String> problems = new ArrayList<>(Schema.texts(connection, """
                select c.relname || case
                    when not c.relrowsecurity then ' has a tenant_id and no row-level security'
                    when not exists (select from pg_policy p where p.polrelid = c.oid) then ' has no policy'
                    when not c.relforcerowsecurity and pg_has_role('%1$s', c.relowner, 'member')
                        then ' belongs to the role of the service, which its policy therefore does not bind' end
                from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
                where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
                  and (not c.relrowsecurity or not exists (select from pg_policy p where p.polrelid = c.oid)
                       or not c.relforcerowsecurity and pg_has_role('%1$s', c.relowner, 'member'))
                order by 1""".formatted(role)));
        problems.addAll(Schema.texts(connection, """
                select rolname || ' is bound by no policy: superuser or BYPASSRLS' from pg_roles
                where rolname in ('%s', 'app_rw') and (rolsuper or rolbypassrls)""".formatted(role)));
        List<String> guarded = Schema.texts(connection, """
                select c.relname from pg_class c
                join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
                where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')""");
        return Finding.of(
                Line.ROW_SECURITY,
                service,
                guarded.size() + " tables with a tenant_id, each with a policy that binds " + role,
                problems);
    }

    private Finding rollbackDrill(ServiceName service, Connection connection) throws SQLException {
        String mend = "run scripts/rollback " + service.id() + " --drill";
        Optional<RollbackDrill.Trace> last = RollbackDrill.last(connection);
        if (last.isEmpty()) {
            return Finding.failed(Line.ROLLBACK_DRILL, service, "there was none: " + mend);
        }
        Instant at = last.get().at();
        String version = last.get().version();
        int head = Migrations.packaged(service).lastKey();
        List<String> problems = new ArrayList<>();
        if (limits.isPast(limits.drill(), at)) {
            problems.add("the last was " + limits.ago(at) + ", more than "
                    + limits.drill().toDays() + " days: " + mend);
        }
        if (!version.equals(String.valueOf(head))) {
            problems.add("the last undid V" + version + ", the latest migration is V" + head + ": " + mend);
        }
        return Finding.of(
                Line.ROLLBACK_DRILL,
                service,
                "V" + version + " undone and applied again in " + last.get().millis() + " ms, " + limits.ago(at),
                problems);
    }

    private static SortedMap<Integer, Applied> applied(Connection connection) throws SQLException {
        SortedMap<Integer, Applied> applied = new java.util.TreeMap<>();
        // Without a time zone, in that of whoever migrated: a service of this machine, or a container, which has UTC.
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select version::int, script, checksum, success,"
                        + " extract(epoch from now() - (localtimestamp - installed_on)) from flyway_schema_history"
                        + " where version is not null order by installed_rank")) {
            while (rows.next()) {
                applied.put(
                        rows.getInt(1),
                        new Applied(
                                rows.getString(2),
                                (Integer) rows.getObject(3),
                                rows.getBoolean(4),
                                Instant.ofEpochMilli((long) (rows.getDouble(5) * 1000))));
            }
        }
        return applied;
    }
}

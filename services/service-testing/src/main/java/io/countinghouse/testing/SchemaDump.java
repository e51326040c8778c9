package io.countinghouse.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Everything a migration can change in a schema, as sorted lines of text, so that two states can be compared. */
public final class SchemaDump {

    private static final List<String> QUERIES = List.of(
            """
            select 'column ' || c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
                   || case when a.attnotnull then ' not null' else '' end || ' identity=' || a.attidentity::text
                   || ' generated=' || a.attgenerated::text
                   || ' default=' || coalesce(pg_get_expr(d.adbin, d.adrelid), '')
            from pg_attribute a join pg_class c on c.oid = a.attrelid
                 left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
              and a.attnum > 0 and not a.attisdropped and c.relname <> 'flyway_schema_history'
            """,
            """
            select 'relation ' || relkind::text || ' ' || relname || ' rls=' || relrowsecurity::text || relforcerowsecurity::text
                   || ' acl=' || coalesce((select string_agg(x::text, ',' order by x::text)
                                           from unnest(relacl) x), '')
            from pg_class where relnamespace = 'public'::regnamespace and relname not like 'flyway%'
            """,
            """
            select 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid)
            from pg_constraint where connamespace = 'public'::regnamespace
              and conrelid::regclass::text <> 'flyway_schema_history'
            """,
            """
            select 'index ' || indexdef from pg_indexes where schemaname = 'public' and indexname not like 'flyway%'
            """,
            """
            select 'policy ' || tablename || ' ' || policyname || ' ' || cmd || ' ' || coalesce(qual, '') || ' check '
                   || coalesce(with_check, '') from pg_policies where schemaname = 'public'
            """,
            """
            select 'trigger ' || pg_get_triggerdef(t.oid) from pg_trigger t join pg_class c on c.oid = t.tgrelid
            where not t.tgisinternal and c.relnamespace = 'public'::regnamespace
            """,
            """
            select 'function ' || p.oid::regprocedure || ' ' || pg_get_functiondef(p.oid) from pg_proc p
            where p.pronamespace = 'public'::regnamespace and p.prokind in ('f', 'p')
            """,
            """
            select 'type ' || typname || ' ' || typtype::text from pg_type
            where typnamespace = 'public'::regnamespace and typtype in ('e', 'd')
            """,
            """
            select 'default privileges ' || defaclobjtype::text || ' ' || x::text
            from pg_default_acl, unnest(defaclacl) x
            """,
            "select 'schema ' || nspname || ' ' || coalesce(x::text, '') from pg_namespace, unnest(nspacl) x"
                    + " where nspname = 'public'",
            "select 'extension ' || extname from pg_extension");

    private SchemaDump() {}

    public static List<String> of(Connection connection) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            for (String query : QUERIES) {
                try (ResultSet rows = statement.executeQuery(query)) {
                    while (rows.next()) {
                        lines.add(rows.getString(1));
                    }
                }
            }
        }
        lines.sort(null);
        return lines;
    }
}

package io.countinghouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.countinghouse.operations.ServiceName;
import io.countinghouse.operations.backup.BackupCommand;
import io.countinghouse.operations.backup.RestoreCommand;
import io.countinghouse.operations.database.RollbackDrill;
import io.countinghouse.operations.readiness.ReadinessCommand;
import io.countinghouse.stack.LocalStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The checklist says 100 % of a stack that is whole, and of one that was broken exactly what was broken. */
class ReadinessTest {

    /** What is promised is 100; a machine that tests has other work besides. */
    private static final String HEALTH_MS = "600";

    private static LocalStack stack;
    private static Path backups;
    private static Path backup;

    /** What is left of the run: its exit code and its report. */
    private record Run(int code, JsonNode report) {

        /** Such as {@code usage-service indexes}. */
        Set<String> with(String outcome) {
            Set<String> lines = new TreeSet<>();
            for (JsonNode line : report.get("lines")) {
                if (line.get("outcome").asText().equals(outcome)) {
                    lines.add(line.path("service").asText("installation") + " "
                            + line.get("line").asText());
                }
            }
            return lines;
        }
    }

    /** The sequence of docs/readiness.md. */
    @BeforeAll
    static void rehearse() throws IOException, SQLException {
        stack = Stack.get();
        for (ServiceName service : ServiceName.values()) {
            try (Connection owner = Breakages.owner(stack, service)) {
                new RollbackDrill(owner, service).run();
            }
        }
        backups = Files.createTempDirectory("readiness-backups");
        backup = backups.resolve("first");
        String data = stack.config().data().toString();
        assertThat(new CommandLine(new BackupCommand()).execute(backup.toString(), "--data", data))
                .isZero();
        assertThat(new CommandLine(new RestoreCommand()).execute(backup.toString(), "--drill"))
                .isZero();
    }

    @Test
    void aStackWhoseDrillsWereDoneIsReadyWhateverElseRuns() throws Exception {
        // Given
        Run run;
        try (Breakages others = new Breakages(stack)) {
            others.commandLine("Authorization: Bearer of.another.installation");

            // When
            run = readiness("--backups", backups.toString());
        }

        // Then
        assertThat(run.with("failed")).isEmpty();
        assertThat(run.with("not_measured")).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.report().get("percent").asInt()).isEqualTo(100);
    }

    @Test
    void exactlyWhatIsBrokenFails() throws Exception {
        // Given
        Run run;
        try (BreakingProxy proxy = new BreakingProxy(stack.config().originUrl());
                Breakages breakages = new Breakages(stack)) {
            breakages.sql(
                    ServiceName.USAGE,
                    "drop index usage_metrics_window",
                    "create index usage_metrics_window on usage_metrics (tenant_id, meter_id, time, sequence)");
            breakages.sql(
                    ServiceName.BILLING,
                    "alter table billing_event disable row level security",
                    "alter table billing_event enable row level security");
            breakages.sql(
                    ServiceName.AI_MODELING,
                    "create table operations.saved as select * from flyway_schema_history where version = '3';"
                            + " delete from flyway_schema_history where version = '3'",
                    "insert into flyway_schema_history select * from operations.saved; drop table operations.saved");
            breakages.sql(
                    ServiceName.NOTIFICATION,
                    "alter table notification_template alter column category drop not null",
                    "alter table notification_template alter column category set not null");
            breakages.sql(
                    ServiceName.INVOICE,
                    "update operations.rollback_drill set at = at - interval '200 days'",
                    "update operations.rollback_drill set at = at + interval '200 days'");
            breakages.logLine(ServiceName.AUDIT_LOG, "java.lang.IllegalStateException: not JSON");
            breakages.logLine(
                    ServiceName.BILLING,
                    Breakages.line("connecting with "
                            + stack.secrets().get("database." + ServiceName.BILLING.applicationRole())));
            breakages.commandLine(stack.secrets().get("service." + ServiceName.INVOICE.id()));
            breakages.oldSecrets();
            Path oldBackups = Breakages.oldBackup(backup);

            // When
            run = readiness("--backups", oldBackups.toString(), "--url", proxy.url());
        }

        // Then
        List<String> broken = new ArrayList<>(List.of(
                "usage-service indexes",
                "billing-service row-security",
                "ai-modeling-service migrations",
                "notification-service schema",
                "invoice-service rollback-drill",
                "audit-log-service logs",
                "billing-service secrets-in-logs",
                "invoice-service secrets-in-configuration",
                "installation backup",
                "installation restore-drill",
                "ai-modeling-service operations",
                "notification-service health",
                "invoice-service counters",
                "usage-service correlation",
                "installation login",
                "installation refresh",
                "installation roles",
                "installation sessions"));
        Stream.of(ServiceName.values()).forEach(service -> broken.add(service.id() + " secret-age"));
        assertThat(run.with("failed")).containsExactlyInAnyOrderElementsOf(broken);
        assertThat(run.with("not_measured")).isEmpty();
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.report().get("percent").asInt()).isLessThan(100);
    }

    @Test
    void whatAffectsMoreThanOneLineFailsInEach() throws Exception {
        // Given
        Run run;
        try (Breakages breakages = new Breakages(stack)) {
            breakages.sql(
                    ServiceName.AI_MODELING,
                    "alter table modeling_feedback rename to feedback",
                    "alter table feedback rename to modeling_feedback");
            breakages.sql(
                    ServiceName.USAGE,
                    "insert into flyway_schema_history (installed_rank, version, description, type, script, installed_by,"
                            + " execution_time, success) values (99, '99', 'later', 'SQL', 'V99__later.sql', 'test', 1, true)",
                    "delete from flyway_schema_history where version = '99'");

            // When
            run = readiness("--only", "tables,reversible,migrations");
        }

        // Then
        assertThat(run.with("failed"))
                .containsExactlyInAnyOrder(
                        "ai-modeling-service tables", "usage-service reversible", "usage-service migrations");
        assertThat(run.with("ok")).hasSize(18);
    }

    @Test
    void aServiceThatIsAwayFailsAndIsNotMeasuredFurther() throws IOException {
        // Given
        var away = stack.service(ServiceName.AI_MODELING);
        away.kill();

        // When
        Run run = readiness(
                "--only",
                "health,operations,counters,correlation,schema",
                "--service",
                "ai-modeling-service,usage-service");
        away.start();
        stack.awaitReady(away);

        // Then
        assertThat(run.with("failed")).containsExactly("ai-modeling-service health");
        assertThat(run.with("not_measured"))
                .contains(
                        "ai-modeling-service operations",
                        "ai-modeling-service counters",
                        "ai-modeling-service correlation",
                        "ai-modeling-service schema");
        assertThat(run.code()).isEqualTo(1);
    }

    private static Run readiness(String... arguments) throws IOException {
        Path json = Files.createTempFile("readiness", ".json");
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--data",
                stack.config().data().toString(),
                "--port-offset",
                String.valueOf(stack.config().offset()),
                "--health-ms",
                HEALTH_MS,
                "--json",
                json.toString()));
        int code = new CommandLine(new ReadinessCommand()).execute(all.toArray(String[]::new));
        return new Run(code, new ObjectMapper().readTree(json.toFile()));
    }
}

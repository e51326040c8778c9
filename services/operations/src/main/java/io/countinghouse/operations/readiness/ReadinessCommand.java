package io.countinghouse.operations.readiness;

import io.countinghouse.operations.OperationException;
import io.countinghouse.operations.ServiceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "readiness",
        mixinStandardHelpOptions = true,
        description = {
            "Measures whether an installation is ready for production, a line for each thing and service.",
            "Signs a throw-away tenant up, which stays. docs/readiness.md explains each line."
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:every line was measured and is ok",
            "1:a line failed",
            "3:none failed, and some could not be measured"
        })
public final class ReadinessCommand implements Callable<Integer> {

    @Option(names = "--data", paramLabel = "FOLDER", description = "data folder of scripts/up (default: .data)")
    private Path data = Path.of(".data");

    @Option(names = "--port-offset", paramLabel = "N", defaultValue = "0", description = "that scripts/up was given")
    private int offset;

    @Option(
            names = "--url",
            description = "reach the services of scripts/up by its one origin, such as http://localhost:8080")
    private String url;

    @Option(
            names = "--backups",
            paramLabel = "FOLDER",
            description = "where scripts/backup writes to (default: <data>-backups; with --kube: the ConfigMap"
                    + " countinghouse-recovery)")
    private Path backups;

    @Option(names = "--kube", description = "an installation in the cluster that kubectl reaches")
    private boolean kube;

    @Option(names = "--namespace", defaultValue = "countinghouse", description = "with --kube (default: countinghouse)")
    private String namespace;

    @Option(names = "--context", description = "of kubectl, with --kube")
    private String context;

    @Option(
            names = "--operator-email",
            paramLabel = "EMAIL",
            description = "with --kube: who logs in (default: the operator that auth-service was installed with);"
                    + " COUNTINGHOUSE_OPERATOR_PASSWORD is the password, when it is no longer that of the Secret")
    private String operatorEmail;

    @Option(
            names = "--database",
            paramLabel = "HOST:PORT",
            description = "with --kube: where PostgreSQL is reached from here, when the cluster's address is not")
    private String database;

    @Option(
            names = "--authority",
            paramLabel = "FILE",
            description =
                    "with --kube: certificate, in PEM, of the authority of the services' certificates, where they speak"
                            + " HTTPS (default: that of the Vault at VAULT_ADDR)")
    private Path authority;

    @Option(
            names = "--exercise",
            negatable = true,
            description = "drive the main job, so that each counter moves: leaves two tenants and a paid invoice"
                    + " (default: locally yes, with --kube no)")
    private Boolean exercise;

    @Option(names = "--only", split = ",", paramLabel = "LINE", description = "measure these lines alone")
    private List<String> only;

    @Option(names = "--service", split = ",", paramLabel = "NAME", description = "lines of these services alone")
    private List<String> services;

    @Option(
            names = "--health-ms",
            defaultValue = "100",
            description = "what the 99th percentile of /health stays below (default: 100)")
    private long healthMillis;

    @Option(
            names = "--backup-hours",
            defaultValue = "25",
            description = "age of the latest backup (default: 25, a nightly one and an hour to make it)")
    private long backupHours;

    @Option(
            names = "--drill-days",
            defaultValue = "90",
            description = "age of the latest drill of a restore, and of a rollback (default: 90, one a quarter)")
    private long drillDays;

    @Option(
            names = "--secret-days",
            defaultValue = "90",
            description = "age of a secret (default: 90: whoever left with one has it for a quarter at the most)")
    private long secretDays;

    @Option(names = "--markdown", paramLabel = "FILE", description = "write the report as Markdown")
    private Path markdown;

    @Option(names = "--json", paramLabel = "FILE", description = "write the report as JSON")
    private Path json;

    @Override
    public Integer call() throws IOException {
        Clock clock = Clock.systemUTC();
        Limits limits = new Limits(
                healthMillis,
                Duration.ofHours(backupHours),
                Duration.ofDays(drillDays),
                Duration.ofDays(secretDays),
                clock);
        Set<Line> lines = lines();
        List<ServiceName> of = services();
        Progress progress = new Progress(
                System.out, System.console() != null && System.console().isTerminal());
        try (Site site = site(progress)) {
            System.out.println("Readiness of " + site.description());
            List<Finding> findings =
                    new Readiness(site, limits, lines, of, exercise == null ? !kube : exercise, progress).measure();
            Report report = new Report(site.description(), clock.instant(), findings);
            report.print(System.out);
            if (markdown != null) {
                report.writeMarkdown(markdown);
            }
            if (json != null) {
                report.writeJson(json);
            }
            return report.exitCode();
        }
    }

    private Site site(Progress progress) throws IOException {
        if (kube) {
            return new ClusterSite(
                    new Kubectl(context, namespace),
                    operatorEmail,
                    database,
                    absolute(backups),
                    authority == null ? null : Files.readString(authority),
                    progress);
        }
        Path folder = absolute(data);
        return new LocalSite(
                folder,
                backups == null ? folder.resolveSibling(folder.getFileName() + "-backups") : absolute(backups),
                offset,
                url);
    }

    private static Path absolute(Path path) {
        return path == null ? null : path.toAbsolutePath().normalize();
    }

    private Set<Line> lines() {
        if (only == null) {
            return EnumSet.allOf(Line.class);
        }
        Set<Line> lines = EnumSet.noneOf(Line.class);
        for (String id : only) {
            lines.add(Arrays.stream(Line.values())
                    .filter(line -> line.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new OperationException("'" + id + "' is none of " + Line.ids())));
        }
        return lines;
    }

    private List<ServiceName> services() {
        if (services == null) {
            return List.of(ServiceName.values());
        }
        return services.stream()
                .map(id -> Arrays.stream(ServiceName.values())
                        .filter(service -> service.id().equals(id))
                        .findFirst()
                        .orElseThrow(() -> new OperationException("'" + id + "' is none of "
                                + Arrays.stream(ServiceName.values())
                                        .map(ServiceName::id)
                                        .toList())))
                .toList();
    }
}

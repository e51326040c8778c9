package io.countinghouse.stack.bench;

import io.countinghouse.operations.OperationException;
import io.countinghouse.operations.ServiceName;
import io.countinghouse.operations.journey.Journey;
import io.countinghouse.operations.journey.UsageFile;
import io.countinghouse.stack.LocalStack;
import io.countinghouse.stack.Progress;
import io.countinghouse.stack.ServiceProcess;
import io.countinghouse.stack.StackConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command behind {@code scripts/bench-work}. */
@Command(
        name = "scripts/bench-work",
        mixinStandardHelpOptions = true,
        description = {
            "Starts a stack of its own on free ports and closes the periods of as many subscriptions, by themselves, with one"
                    + " process of billing-service and then with three: prints how long it took and how many each process"
                    + " closed.",
            "Exits with 1 when a period was billed twice or not at all, or when a process closed none."
        })
final class WorkBench implements Callable<Integer> {

    /** On a busy machine; closing one takes some tens of milliseconds. */
    private static final long LONGEST_SECONDS = 600;

    private static final Pattern CLOSED = Pattern.compile("(?m)^billing_periods_closed_total(?:\\{[^}]*})? ([0-9.E]+)");

    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    @Option(names = "--home", hidden = true, required = true)
    private Path home;

    @Option(names = "--periods", defaultValue = "300", description = "that are due each time (default: 300)")
    private int periods;

    @Option(
            names = "--delay",
            defaultValue = "0",
            description =
                    "milliseconds that the database's commits of billing-service take longer, as they do across a network"
                            + " (default: 0)")
    private int delay;

    public static void main(String[] arguments) {
        Logger.getLogger("").setLevel(Level.WARNING);
        System.exit(new CommandLine(new WorkBench()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, SQLException, InterruptedException {
        Path folder = Files.createTempDirectory("countinghouse-bench-work");
        StackConfig config = StackConfig.onFreePorts(home.toAbsolutePath().normalize(), folder.resolve("data"));
        boolean held = true;
        try (LocalStack stack = LocalStack.start(config, new Progress(out))) {
            UsageFile usage = UsageFile.read(UsageFile.sample(folder.resolve("usage.csv")));
            Journey journey = stack.journey(usage, "-bench");
            journey.defineCatalogue();
            journey.signUp();
            journey.fillInProfile();
            journey.subscribe();
            // Only the processes that are measured close anything.
            stack.stop(stack.service(ServiceName.BILLING));
            if (delay > 0) {
                slowDown(stack);
            }
            for (int processes : List.of(1, 3)) {
                held &= measure(stack, journey.tenantId(), processes);
            }
        }
        LocalStack.delete(folder);
        return held ? 0 : 1;
    }

    private boolean measure(LocalStack stack, String tenant, int processes) throws SQLException, InterruptedException {
        List<ServiceProcess> pods = new ArrayList<>();
        for (int pod = 0; pod < processes; pod++) {
            pods.add(stack.replica(
                    ServiceName.BILLING,
                    List.of(),
                    Map.of(
                            "COUNTINGHOUSE_BILLING_CLOSE_EVERY", "1s",
                            "COUNTINGHOUSE_BILLING_CLOSE_GRACE", "1h",
                            "COUNTINGHOUSE_WORK_HOLDER", "pod-" + (pod + 1))));
        }
        long begun;
        long seconds;
        List<Long> shares = new ArrayList<>();
        int bills;
        try (Connection billing = stack.database(ServiceName.BILLING)) {
            int billed = number(billing, "select count(*) from billing_period");
            makeDue(billing, tenant);
            begun = System.nanoTime();
            await(billing);
            seconds = System.nanoTime() - begun;
            bills = number(billing, "select count(*) from billing_period") - billed;
        }
        for (ServiceProcess pod : pods) {
            shares.add(closed(pod));
            stack.stop(pod);
        }
        boolean held = bills == periods
                && shares.stream().mapToLong(Long::longValue).sum() == periods
                && shares.stream().allMatch(share -> share > 0);
        out.printf(
                Locale.ROOT,
                "%d process%s: %d periods in %.1f s, %.1f a second; closed by each: %s; bills: %d%s%n",
                processes,
                processes == 1 ? "" : "es",
                periods,
                seconds / 1e9,
                periods / (seconds / 1e9),
                shares,
                bills,
                held ? "" : " - THIS DOES NOT HOLD");
        return held;
    }

    /** Copies of one customer, whose last month is not billed; all of them at once. */
    private void makeDue(Connection billing, String tenant) throws SQLException {
        try (PreparedStatement copy = billing.prepareStatement("""
                with one as (
                    select s as subscription, p as profile, f as phase
                    from subscription s join tenant_billing_profile p using (tenant_id)
                        join subscription_phase f on f.subscription_id = s.id
                    where s.tenant_id = cast(? as uuid)),
                customer as materialized (
                    select n, gen_random_uuid() as tenant_id, gen_random_uuid() as id from generate_series(1, ?) n),
                profiles as (
                    insert into tenant_billing_profile
                    select (jsonb_populate_record(profile, jsonb_build_object('tenant_id', c.tenant_id))).*
                    from one, customer c),
                subscriptions as (
                    insert into subscription
                    select (jsonb_populate_record(subscription, jsonb_build_object('tenant_id', c.tenant_id, 'id', c.id,
                        'created_at', (subscription).start_at))).*
                    from one, customer c)
                insert into subscription_phase
                select (jsonb_populate_record(phase, jsonb_build_object('tenant_id', c.tenant_id, 'subscription_id', c.id,
                    'id', gen_random_uuid()))).*
                from one, customer c""")) {
            copy.setString(1, tenant);
            copy.setInt(2, periods);
            copy.executeUpdate();
        }
    }

    /** A commit of a bill waits, as one does for a disk or a standby that is far away; nothing else of it is slower. */
    private void slowDown(LocalStack stack) throws SQLException {
        try (Connection billing = stack.database(ServiceName.BILLING);
                Statement statement = billing.createStatement()) {
            statement.execute("""
                    create function far_away() returns trigger language plpgsql as $$
                    begin perform pg_sleep(%f); return null; end $$;
                    create constraint trigger far_away after insert on billing_period
                    deferrable initially deferred for each row execute function far_away()""".formatted(delay / 1000.0));
        }
    }

    private void await(Connection billing) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        while (number(
                        billing,
                        "select count(*) from subscription where next_period_end <= now() - interval '1 hour'"
                                + " and created_at <= now() - interval '1 hour'")
                > 0) {
            if (System.nanoTime() > deadline) {
                throw new OperationException("periods are still not closed after " + LONGEST_SECONDS + " s");
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static int number(Connection database, String sql) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }

    private static long closed(ServiceProcess pod) throws InterruptedException {
        try {
            HttpRequest metrics = HttpRequest.newBuilder(
                            URI.create("http://localhost:" + pod.managementPort() + "/metrics"))
                    .build();
            Matcher line = CLOSED.matcher(HttpClient.newHttpClient()
                    .send(metrics, HttpResponse.BodyHandlers.ofString())
                    .body());
            return line.find() ? Math.round(Double.parseDouble(line.group(1))) : 0;
        } catch (IOException e) {
            throw new OperationException("a process does not tell its metrics: " + e.getMessage(), e);
        }
    }
}

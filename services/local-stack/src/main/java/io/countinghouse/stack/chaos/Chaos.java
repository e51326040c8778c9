package io.countinghouse.stack.chaos;

import io.countinghouse.operations.OperationException;
import io.countinghouse.operations.ServiceName;
import io.countinghouse.operations.journey.Api;
import io.countinghouse.operations.journey.Journey;
import io.countinghouse.operations.journey.Login;
import io.countinghouse.operations.secret.Account;
import io.countinghouse.stack.LocalStack;
import io.countinghouse.stack.Secrets;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Writers, kills, and the verification after them. */
public final class Chaos {

    /** A stack that has not acknowledged a write of each service by then is not coming back. */
    private static final Duration LONGEST_RECOVERY = Duration.ofMinutes(3);

    private static final int LONGEST_PAUSE_MILLIS = 1000;

    /** One kill in so many does not wait for the stack to have recovered from the one before. */
    private static final int ONE_IN_HASTE = 4;

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    /**
     * How much.
     *
     * @param seed of the kills
     * @param kills at the most
     * @param time after which no more come
     */
    public record Plan(long seed, int kills, Duration time) {}

    /**
     * What came of it.
     *
     * @param kills how many there were
     * @param acknowledged writes
     * @param wrong everything that must not be, a line each; empty when all held
     */
    public record Result(int kills, int acknowledged, List<String> wrong) {}

    private final LocalStack stack;
    private final PrintStream out;
    private final Outages outages = new Outages();
    private final Map<Kill, Integer> killed = new EnumMap<>(Kill.class);
    private final List<Long> recoveries = new ArrayList<>();

    public Chaos(LocalStack stack, PrintStream out) {
        this.stack = stack;
        this.out = out;
    }

    /**
     * @param journey of a customer of its own
     * @param folder where the backup of the verification goes
     */
    public Result run(Plan plan, Journey journey, Path folder) throws IOException, SQLException {
        String run = "chaos-" + Long.toString(System.currentTimeMillis(), 36);
        List<Target> targets = Targets.prepare(journey);
        Verification verification = new Verification(stack);
        long deadBefore = verification.deadLetters();
        Logs logs = Logs.since(stack);
        Login operator = operator();
        List<Writer> writers = targets.stream()
                .map(target -> new Writer(
                        target,
                        stack.config().originUrl(),
                        run,
                        target.service() == ServiceName.AI_MODELING ? journey.customerToken() : operator,
                        outages))
                .toList();
        List<Thread> threads = writers.stream()
                .map(writer ->
                        Thread.ofPlatform().daemon().name(writer.service().id()).start(writer))
                .toList();
        List<String> wrong = new ArrayList<>();
        stack.supervise(line -> {});
        try {
            kill(plan, writers);
        } catch (OperationException e) {
            wrong.add(e.getMessage());
        } finally {
            writers.forEach(Writer::stop);
            threads.forEach(Chaos::join);
            for (ServiceName service : ServiceName.values()) {
                stack.awaitReady(stack.service(service));
            }
            stack.unsupervise();
        }
        writers.forEach(writer -> wrong.addAll(writer.wrong()));
        wrong.addAll(verification.writes(writers));
        try {
            verification.awaitDeliveries();
        } catch (OperationException e) {
            wrong.add(e.getMessage());
        }
        long dead = verification.deadLetters() - deadBefore;
        if (dead > 0) {
            wrong.add(dead + " events became dead letters");
        }
        if (!verification.passesDrill(folder)) {
            wrong.add("the drill of a backup failed");
        }
        Map<String, Integer> kinds = logs.kinds();
        kinds.forEach((kind, count) -> {
            if (kind.contains(" TRACE ") || kind.contains(" ERROR ") || kind.contains(" NOT JSON ")) {
                wrong.add("in the log " + count + " times: " + kind);
            }
        });
        report(writers, kinds);
        return new Result(
                killed.values().stream().mapToInt(Integer::intValue).sum(),
                writers.stream()
                        .mapToInt(writer -> writer.acknowledged().size())
                        .sum(),
                wrong);
    }

    private Login operator() {
        return new Login(
                Api.at(stack.config().originUrl()),
                new Account(Secrets.OPERATOR_EMAIL, stack.secrets().get("operator.password")));
    }

    private void kill(Plan plan, List<Writer> writers) throws IOException {
        SplittableRandom random = new SplittableRandom(plan.seed());
        long end = System.nanoTime() + plan.time().toNanos();
        awaitWrites(writers, System.nanoTime());
        for (int number = 1; number <= plan.kills() && System.nanoTime() < end; number++) {
            pause(Duration.ofMillis(random.nextInt(LONGEST_PAUSE_MILLIS)));
            Kill kill = Kill.any(random);
            long deadline = System.nanoTime() + LONGEST_RECOVERY.toNanos();
            Optional<String> victim = kill.execute(stack, outages, random);
            while (victim.isEmpty()) {
                if (System.nanoTime() > deadline) {
                    throw new OperationException(
                            "found no " + kill + " to kill for " + LONGEST_RECOVERY.toSeconds() + " s");
                }
                pause(LOOK_EVERY);
                victim = kill.execute(stack, outages, random);
            }
            killed.merge(kill, 1, Integer::sum);
            boolean isInHaste = random.nextInt(ONE_IN_HASTE) == 0 && number < plan.kills();
            String recovered = "the next comes at once";
            if (!isInHaste) {
                long begun = System.nanoTime();
                awaitWrites(writers, begun);
                recoveries.add(System.nanoTime() - begun);
                recovered = String.format(Locale.ROOT, "all write again after %.1f s", recoveries.getLast() / 1e9);
            }
            out.printf(Locale.ROOT, "  %3d of %d  %-60s %s%n", number, plan.kills(), victim.get(), recovered);
        }
    }

    /** Until each service has acknowledged a write that began later than the moment. */
    private static void awaitWrites(List<Writer> writers, long moment) {
        while (true) {
            List<String> missing = writers.stream()
                    .filter(writer -> !writer.hasAcknowledgedSince(moment))
                    .map(writer -> writer.service().id())
                    .toList();
            if (missing.isEmpty()) {
                return;
            }
            if (System.nanoTime() - moment > LONGEST_RECOVERY.toNanos()) {
                throw new OperationException("no write was acknowledged for " + LONGEST_RECOVERY.toSeconds() + " s by "
                        + String.join(", ", missing));
            }
            pause(LOOK_EVERY);
        }
    }

    private void report(List<Writer> writers, Map<String, Integer> kinds) {
        out.println("\nkilled: " + killed);
        recoveries.sort(null);
        if (!recoveries.isEmpty()) {
            out.printf(
                    Locale.ROOT,
                    "until all write again: median %.1f s, longest %.1f s%n",
                    recoveries.get(recoveries.size() / 2) / 1e9,
                    recoveries.getLast() / 1e9);
        }
        for (Writer writer : writers) {
            out.printf(
                    Locale.ROOT,
                    "%-22s %,7d acknowledged   answers %s%n",
                    writer.service().id(),
                    writer.acknowledged().size(),
                    writer.answers());
        }
        out.println("in the logs:");
        kinds.forEach((kind, count) -> out.printf(Locale.ROOT, "  %,6d  %s%n", count, kind));
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationException("interrupted", e);
        }
    }

    private static void pause(Duration time) {
        try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationException("interrupted", e);
        }
    }
}

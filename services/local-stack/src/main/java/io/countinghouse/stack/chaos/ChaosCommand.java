package io.countinghouse.stack.chaos;

import io.countinghouse.operations.OperationException;
import io.countinghouse.operations.journey.UsageFile;
import io.countinghouse.stack.LocalStack;
import io.countinghouse.stack.Progress;
import io.countinghouse.stack.StackConfig;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command behind {@code scripts/chaos}. */
@Command(
        name = "scripts/chaos",
        mixinStandardHelpOptions = true,
        description = {
            "Starts a stack of its own on free ports, writes to all seven services through the public API, and kills -9"
                    + " PostgreSQL's processes and services meanwhile, which are started again.",
            "Then every acknowledged write must be there once, answers must have been 2xx, 429, 503 with Retry-After, or the"
                    + " origin's 502 and 504 for a service that was dead; everything must be delivered, and a backup must pass"
                    + " the drill. Exits with 1 when something does not hold, and keeps the folder."
        })
final class ChaosCommand implements Callable<Integer> {

    private static final int MOST_LINES = 50;

    @Option(names = "--home", hidden = true, required = true)
    private Path home;

    @Option(names = "--kills", defaultValue = "20", description = "how many, at the most (default: 20)")
    private int kills;

    @Option(names = "--minutes", defaultValue = "60", description = "after which no more come (default: 60)")
    private int minutes;

    @Option(names = "--seed", description = "of the kills, to have the same again (default: by chance, printed)")
    private Long seed;

    @Option(names = "--keep", description = "keep the folder of databases and logs also when all held")
    private boolean keep;

    public static void main(String[] arguments) {
        Logger.getLogger("").setLevel(Level.WARNING);
        System.exit(new CommandLine(new ChaosCommand()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, SQLException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        long chosen = seed == null ? ThreadLocalRandom.current().nextInt(1_000_000) : seed;
        Path folder = Files.createTempDirectory("countinghouse-chaos");
        long begun = System.nanoTime();
        out.println("Seed " + chosen + ", at most " + kills + " kills in " + minutes + " minutes, data in " + folder);
        Chaos.Result result;
        StackConfig config = StackConfig.onFreePorts(home.toAbsolutePath().normalize(), folder.resolve("data"));
        try (LocalStack stack = LocalStack.start(config, new Progress(out))) {
            UsageFile usage = UsageFile.read(UsageFile.sample(folder.resolve("usage.csv")));
            result = new Chaos(stack, out)
                    .run(
                            new Chaos.Plan(chosen, kills, Duration.ofMinutes(minutes)),
                            stack.journey(usage, "-chaos"),
                            folder);
        } catch (OperationException e) {
            System.err.println("scripts/chaos: " + e.getMessage() + "; see " + folder);
            return 1;
        }
        out.printf(
                Locale.ROOT,
                "%n%d kills, %,d acknowledged writes, %.0f s, seed %d: %s%n",
                result.kills(),
                result.acknowledged(),
                (System.nanoTime() - begun) / 1e9,
                chosen,
                result.wrong().isEmpty() ? "all held" : result.wrong().size() + " did not hold");
        result.wrong().stream().limit(MOST_LINES).forEach(line -> out.println("  " + line));
        if (result.wrong().isEmpty() && !keep) {
            LocalStack.delete(folder);
        } else {
            out.println("kept: " + folder);
        }
        return result.wrong().isEmpty() ? 0 : 1;
    }
}

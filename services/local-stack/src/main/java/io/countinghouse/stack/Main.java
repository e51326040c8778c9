package io.countinghouse.stack;

import io.countinghouse.operations.OperationException;
import io.countinghouse.operations.journey.JourneyReport;
import io.countinghouse.operations.journey.UsageFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command behind {@code scripts/up}. */
@Command(
        name = "scripts/up",
        mixinStandardHelpOptions = true,
        description = {
            "Starts PostgreSQL, the seven services, a mailbox and one origin, and stays until Ctrl-C.",
            "A process that dies meanwhile is started again, with a line that says so."
        })
final class Main implements Callable<Integer> {

    @Option(names = "--home", hidden = true, required = true)
    private Path home;

    @Option(names = "--data", description = "folder for database, secrets and logs (default: .data)")
    private Path data;

    @Option(names = "--port", defaultValue = "8080", description = "port of the origin (default: 8080)")
    private int port;

    @Option(
            names = "--port-offset",
            defaultValue = "0",
            description =
                    "added to every other port: services 8081-8087, management 9081-9087, PostgreSQL 8432, SMTP 8025")
    private int offset;

    @Option(names = "--fresh", description = "forget all data and start over")
    private boolean fresh;

    @Option(names = "--demo", description = "drive the main job over REST and print each step")
    private boolean demo;

    @Option(
            names = "--usage",
            paramLabel = "FILE",
            description = "usage for the demo, CSV with TIMESTAMP,ContextTokens,GeneratedTokens")
    private Path usage;

    @Option(names = "--exit", description = "stop after the demo instead of staying")
    private boolean exit;

    public static void main(String[] arguments) {
        // The libraries' own progress would stand between the lines of this program's.
        Logger.getLogger("").setLevel(Level.WARNING);
        int code = new CommandLine(new Main()).execute(arguments);
        System.exit(code);
    }

    @Override
    public Integer call() throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Path folder =
                (data == null ? home.resolve(".data") : data).toAbsolutePath().normalize();
        try {
            if (usage != null && !Files.isReadable(usage)) {
                throw new OperationException("--usage " + usage + " cannot be read");
            }
            if (fresh) {
                delete(folder);
            }
            long begun = System.nanoTime();
            out.println("Starting Countinghouse (data in " + folder + ")");
            try (LocalStack stack = LocalStack.start(
                    new StackConfig(home.toAbsolutePath().normalize(), folder, port, offset), new Progress(out))) {
                out.printf("Ready after %.1f s.%n%n", (System.nanoTime() - begun) / 1e9);
                StatusTable.print(stack, out);
                stack.supervise(out::println);
                if (demo) {
                    demo(stack, out);
                }
                if (!exit) {
                    train(stack, out);
                    out.println("\nCtrl-C stops everything.");
                    new CountDownLatch(1).await();
                }
            }
            return 0;
        } catch (OperationException e) {
            System.err.println("\nscripts/up: " + e.getMessage());
            return 1;
        }
    }

    /** After the demo, for which both processors are there. */
    private static void train(LocalStack stack, PrintStream out) {
        Runnable told = () -> out.println("The services' AOT caches are made: the next start takes less time.");
        if (stack.train(told)) {
            out.println("\nMaking the services' AOT caches meanwhile, for the next start.");
        }
    }

    private void demo(LocalStack stack, PrintStream out) {
        Path folder = stack.config().data();
        Path file = usage == null ? UsageFile.sample(folder.resolve("demo-usage.csv")) : usage;
        out.println("Usage of the demo: " + file);
        new JourneyReport(stack.journey(UsageFile.read(file), ""), out, folder.resolve("invoices")).run();
        out.println("Mails are read at " + stack.config().originUrl() + "/mailbox");
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        if (!Files.exists(folder.resolve("secrets.properties")) && !Files.exists(folder.resolve("lock"))) {
            throw new OperationException(folder + " is not a data folder of this program, so --fresh leaves it alone");
        }
        LocalStack.delete(folder);
    }
}

package io.countinghouse.stack.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.countinghouse.operations.OperationException;
import io.countinghouse.operations.ServiceName;
import io.countinghouse.operations.journey.Journey;
import io.countinghouse.operations.journey.Login;
import io.countinghouse.operations.journey.UsageFile;
import io.countinghouse.stack.ImageOptions;
import io.countinghouse.stack.LocalStack;
import io.countinghouse.stack.Progress;
import io.countinghouse.stack.ServiceProcess;
import io.countinghouse.stack.StackConfig;
import io.countinghouse.stack.chaos.Target;
import io.countinghouse.stack.chaos.Targets;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command behind {@code scripts/bench-memory}. */
@Command(
        name = "scripts/bench-memory",
        mixinStandardHelpOptions = true,
        description = {
            "Starts a stack of its own on free ports, with the options that the services have in their images and a limit of"
                    + " memory, and writes to all seven for a while: accounts, logins, events, alerts, payments, mail, entries,"
                    + " forecasts, PDFs.",
            "Prints the most resident memory that each had. Exits with 1 when one had more than the limit, or died."
        })
final class MemoryBench implements Callable<Integer> {

    private static final int EVENTS_IN_BATCH = 1000;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final Map<ServiceName, LongAdder> answered = new EnumMap<>(ServiceName.class);
    private final LongAdder refused = new LongAdder();
    private final AtomicInteger numbers = new AtomicInteger();

    @Option(names = "--home", hidden = true, required = true)
    private Path home;

    @Option(names = "--limit", defaultValue = "512", description = "of each service, in MiB (default: 512)")
    private int limit;

    @Option(names = "--seconds", defaultValue = "60", description = "of load (default: 60)")
    private int seconds;

    @Option(names = "--clients", defaultValue = "6", description = "of each service, at once (default: 6)")
    private int clients;

    @Option(
            names = "--processors",
            description = "that the JVMs are told there are, as on a larger node (default: those that there are)")
    private Integer processors;

    public static void main(String[] arguments) {
        Logger.getLogger("").setLevel(Level.WARNING);
        System.exit(new CommandLine(new MemoryBench()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("countinghouse-bench-memory");
        StackConfig config = StackConfig.onFreePorts(home.toAbsolutePath().normalize(), folder.resolve("data"));
        List<String> options = new ArrayList<>(ImageOptions.of(config.home(), limit));
        if (processors != null) {
            options.add("-XX:ActiveProcessorCount=" + processors);
        }
        out.println(String.join(" ", options));
        boolean fits;
        try (LocalStack stack = LocalStack.start(config, options, new Progress(out))) {
            Journey journey = stack.journey(UsageFile.read(UsageFile.sample(folder.resolve("usage.csv"))), "-memory");
            List<Target> targets = Targets.prepare(journey);
            load(stack, journey, targets);
            fits = report(stack);
        }
        LocalStack.delete(folder);
        return fits ? 0 : 1;
    }

    private void load(LocalStack stack, Journey journey, List<Target> targets) throws InterruptedException {
        String origin = stack.config().originUrl();
        Login customer = journey.customerToken();
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Target target : targets) {
                Supplier<String> token = target.service() == ServiceName.AI_MODELING ? customer : stack.operator();
                for (int client = 0; client < clients; client++) {
                    threads.submit(() -> until(
                            end,
                            target.service(),
                            () -> post(
                                    origin + target.path(),
                                    target.contentType(),
                                    target.body().apply("memory-" + numbers.incrementAndGet()),
                                    token.get())));
                }
            }
            for (int client = 0; client < clients; client++) {
                threads.submit(() -> until(
                        end,
                        ServiceName.AUTH,
                        () -> post(
                                origin + "/v1/auth/login",
                                "application/json",
                                "{\"email\": \"" + journey.email() + "\", \"password\": \"" + stack.demoPassword()
                                        + "\"}",
                                null)));
                threads.submit(() -> until(
                        end,
                        ServiceName.USAGE,
                        () -> post(
                                origin + "/v1/usage/events",
                                "application/cloudevents-batch+json",
                                batch(journey.tenantId()),
                                stack.operator().get())));
            }
            for (JsonNode invoice : journey.invoices()) {
                HttpRequest pdf = HttpRequest.newBuilder(URI.create(
                                origin + "/v1/invoices/" + invoice.get("id").asText() + "/pdf"))
                        .header("Authorization", "Bearer " + customer.get())
                        .build();
                for (int client = 0; client < clients; client++) {
                    threads.submit(() -> until(end, ServiceName.INVOICE, () -> pdf));
                }
            }
            threads.shutdown();
            while (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
                out.printf(
                        "  %d s left, %d answers%n",
                        Math.max(0, (end - System.nanoTime()) / 1_000_000_000),
                        answered.values().stream().mapToLong(LongAdder::sum).sum());
            }
        }
    }

    private void until(long end, ServiceName service, Supplier<HttpRequest> request) {
        LongAdder good = of(service);
        while (System.nanoTime() < end) {
            try {
                int status = http.send(request.get(), HttpResponse.BodyHandlers.discarding())
                        .statusCode();
                (status < 300 ? good : refused).increment();
            } catch (IOException | OperationException e) {
                refused.increment();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private synchronized LongAdder of(ServiceName service) {
        return answered.computeIfAbsent(service, _ -> new LongAdder());
    }

    private static HttpRequest post(String url, String type, String body, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return (token == null ? request : request.header("Authorization", "Bearer " + token)).build();
    }

    private String batch(String tenant) {
        StringBuilder batch = new StringBuilder("[");
        for (int event = 0; event < EVENTS_IN_BATCH; event++) {
            batch.append(event == 0 ? "" : ",")
                    .append("{\"specversion\":\"1.0\",\"id\":\"b-")
                    .append(numbers.incrementAndGet())
                    .append("\",\"source\":\"memory\",\"type\":\"memory\",\"tenantid\":\"")
                    .append(tenant)
                    .append("\",\"data\":{\"value\":1}}");
        }
        return batch.append("]").toString();
    }

    private boolean report(LocalStack stack) {
        boolean fits = true;
        out.printf(Locale.ROOT, "%n%-24s %8s %8s %6s %9s%n", "service", "MiB", "limit", "part", "answers");
        for (ServiceName name : ServiceName.values()) {
            ServiceProcess service = stack.service(name);
            long most = service.isAlive() ? service.mostMemory() : 0;
            fits &= most > 0 && most <= limit;
            out.printf(
                    Locale.ROOT,
                    "%-24s %8s %8d %5d%% %9d%n",
                    name.id(),
                    most == 0 ? "died" : most,
                    limit,
                    100 * most / limit,
                    of(name).sum());
        }
        out.printf("refused or failed: %d%n", refused.sum());
        return fits;
    }
}

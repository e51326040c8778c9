package io.countinghouse.system;

import io.countinghouse.operations.journey.UsageFile;
import io.countinghouse.stack.LocalStack;
import io.countinghouse.stack.Progress;
import io.countinghouse.stack.StackConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * The one stack of this module: started by the first test that asks, stopped with the JVM, at ports of its own beside those of
 * whatever else runs.
 */
final class Stack {

    private static LocalStack running;

    private Stack() {}

    static synchronized LocalStack get() {
        if (running == null) {
            try {
                Path data = Files.createTempDirectory("countinghouse-system-tests");
                running = LocalStack.start(StackConfig.onFreePorts(home(), data), new Progress(System.out));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return running;
    }

    /** As the product's own clients: by default Java's would ask each server for HTTP/2, which nothing here is about. */
    static HttpClient client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    static Path home() {
        return Path.of(System.getProperty("countinghouse.home")).normalize();
    }

    /** One hour of a production LLM service, 8,819 requests; skips the test where the traces are not there. */
    static UsageFile trace() {
        Path file = home().resolve("../shared/data/azure-llm-inference-code-2023.csv")
                .normalize();
        Assumptions.assumeTrue(Files.exists(file), "the published usage trace is not there: " + file);
        return UsageFile.read(file);
    }

    /** A small file of our own: 40 requests, so that a journey over it takes a second. */
    static UsageFile small() {
        try {
            Path file = Files.createTempFile("usage", ".csv");
            StringBuilder csv = new StringBuilder("TIMESTAMP,ContextTokens,GeneratedTokens\n");
            for (int i = 0; i < 40; i++) {
                csv.append("2024-02-%02d 10:00:%02d.5,%d,%d\n".formatted(1 + i % 28, i, 100_000 + i, 10 + i));
            }
            Files.writeString(file, csv);
            return UsageFile.read(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

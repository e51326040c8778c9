package io.countinghouse.stack.chaos;

import io.countinghouse.operations.ServiceName;
import io.countinghouse.stack.LocalStack;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Processes that are killed, as a power cut or the kernel's memory killer would: without a word. */
enum Kill {
    BACKEND(8, "postgres: \\w+_app .*"),
    CHECKPOINTER(3, "postgres: checkpointer.*"),
    WAL_WRITER(3, "postgres: walwriter.*"),
    POSTMASTER(3, null),
    SERVICE(5, null);

    private final int weight;
    private final Pattern title;

    Kill(int weight, String title) {
        this.weight = weight;
        this.title = title == null ? null : Pattern.compile(title);
    }

    static Kill any(RandomGenerator random) {
        int sum = 0;
        for (Kill kill : values()) {
            sum += kill.weight;
        }
        int left = random.nextInt(sum);
        for (Kill kill : values()) {
            left -= kill.weight;
            if (left < 0) {
                return kill;
            }
        }
        throw new IllegalStateException("the weights do not come to " + sum);
    }

    /** @return whom it met; empty when there is none such at this moment */
    Optional<String> execute(LocalStack stack, Outages outages, RandomGenerator random) throws IOException {
        if (this == SERVICE) {
            ServiceName name = ServiceName.values()[random.nextInt(ServiceName.values().length)];
            if (!stack.service(name).isAlive()) {
                return Optional.empty();
            }
            outages.begin(name);
            stack.service(name).kill();
            return Optional.of(name.id());
        }
        Optional<ProcessHandle> postmaster = postmaster(stack);
        if (postmaster.isEmpty()) {
            return Optional.empty();
        }
        if (this == POSTMASTER) {
            return killed(postmaster.get(), "postmaster");
        }
        List<ProcessHandle> candidates = postmaster
                .get()
                .children()
                .filter(process -> title.matcher(titleOf(process)).matches())
                .toList();
        if (candidates.isEmpty()) {
            return Optional.empty();
        }
        ProcessHandle victim = candidates.get(random.nextInt(candidates.size()));
        return killed(
                victim, titleOf(victim).replaceAll("postgres: |[(:].*", "").strip());
    }

    private static Optional<String> killed(ProcessHandle process, String name) {
        return process.destroyForcibly() ? Optional.of(name) : Optional.empty();
    }

    private static Optional<ProcessHandle> postmaster(LocalStack stack) throws IOException {
        Path file = stack.config().data().resolve("postgresql/postmaster.pid");
        return Files.exists(file)
                ? Files.readAllLines(file).stream()
                        .findFirst()
                        .flatMap(line -> ProcessHandle.of(Long.parseLong(line.strip())))
                : Optional.empty();
    }

    private static String titleOf(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"), StandardCharsets.ISO_8859_1)
                    .replace('\0', ' ')
                    .strip();
        } catch (IOException e) {
            // It ended.
            return "";
        }
    }
}

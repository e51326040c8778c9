package io.countinghouse.stack.chaos;

import io.countinghouse.operations.OperationException;
import io.countinghouse.operations.ServiceName;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Sends one write after the other to a service. Every second one carries an Idempotency-Key and is repeated until it is
 * acknowledged; the others are sent once, so that nothing but the service itself can save them.
 */
final class Writer implements Runnable {

    private static final Duration PAUSE = Duration.ofMillis(40);
    private static final Duration BEFORE_REPETITION = Duration.ofMillis(300);

    /** A killed process is back within some ten seconds; a machine that is busy besides takes longer. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final int LONGEST_QUOTE = 300;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Target target;
    private final String origin;
    private final String prefix;
    private final Supplier<String> token;
    private final Outages outages;

    private final Set<String> acknowledged = new HashSet<>();
    private final Map<String, Integer> answers = new TreeMap<>();
    private final List<String> wrong = new ArrayList<>();
    private volatile boolean writing = true;
    private volatile long acknowledgedSince;
    private int sent;

    Writer(Target target, String origin, String run, Supplier<String> token, Outages outages) {
        this.target = target;
        this.origin = origin;
        this.prefix = run + "-" + target.service().id().charAt(0)
                + target.service().id().charAt(1) + "-";
        this.token = token;
        this.outages = outages;
    }

    Target target() {
        return target;
    }

    ServiceName service() {
        return target.service();
    }

    String prefix() {
        return prefix;
    }

    void stop() {
        writing = false;
    }

    /** Whether a write that began after that moment has been acknowledged. */
    boolean hasAcknowledgedSince(long moment) {
        return acknowledgedSince - moment > 0;
    }

    synchronized Set<String> acknowledged() {
        return Set.copyOf(acknowledged);
    }

    synchronized Map<String, Integer> answers() {
        return new TreeMap<>(answers);
    }

    synchronized List<String> wrong() {
        return List.copyOf(wrong);
    }

    @Override
    public void run() {
        while (writing) {
            String marker = prefix + sent++;
            try {
                write(marker, sent % 2 == 0);
            } catch (OperationException e) {
                note(marker + ": " + e.getMessage());
            }
            pause(PAUSE);
        }
    }

    private void write(String marker, boolean isRepeated) {
        String body = target.body().apply(marker);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        do {
            long begun = System.nanoTime();
            if (sendOnce(marker, body, isRepeated)) {
                synchronized (this) {
                    acknowledged.add(marker);
                }
                acknowledgedSince = begun;
                return;
            }
            pause(BEFORE_REPETITION);
        } while (isRepeated && System.nanoTime() < deadline);
        if (isRepeated) {
            note(marker + " was repeated for " + PATIENCE.toSeconds() + " s and never acknowledged");
        }
    }

    private boolean sendOnce(String marker, String body, boolean hasKey) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin + target.path()))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token.get())
                .header("Content-Type", target.contentType())
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (hasKey) {
            request.header("Idempotency-Key", marker);
        }
        long begun = System.nanoTime();
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            int status = answer.statusCode();
            count(String.valueOf(status));
            boolean isOfService = status != 502 && status != 504;
            if (!isRight(answer, hasKey, begun)) {
                String text = answer.body();
                note(marker + ": " + status + " after " + (System.nanoTime() - begun) / 1_000_000 + " ms: "
                        + text.substring(0, Math.min(LONGEST_QUOTE, text.length())));
            }
            if (isOfService) {
                outages.end(service(), begun);
            }
            return status / 100 == 2;
        } catch (IOException e) {
            count("no answer");
            if (!outages.touch(service(), begun, System.nanoTime())) {
                note(marker + ": no answer, and " + service().id() + " was not dead: " + e);
            }
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            writing = false;
            return false;
        }
    }

    private boolean isRight(HttpResponse<String> answer, boolean hasKey, long begun) {
        return switch (answer.statusCode()) {
            case 200, 201, 202, 204, 429 -> true;
            case 503 -> answer.headers().firstValue("Retry-After").isPresent();
            case 502, 504 -> outages.touch(service(), begun, System.nanoTime());
            case 409 -> hasKey && answer.body().contains("idempotency-key-in-flight");
            default -> false;
        };
    }

    private synchronized void count(String answer) {
        answers.merge(answer, 1, Integer::sum);
    }

    private synchronized void note(String what) {
        wrong.add(service().id() + " " + what);
    }

    private static void pause(Duration time) {
        try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.countinghouse.ai;

import io.countinghouse.testing.StubService;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the other services answer in these tests. */
public final class Stubs {

    public static final Instant FIRST_DAY = Instant.parse("2026-03-02T00:00:00Z");
    private static final int[] SEASON = {50, -20, 0, 10, 30, -40, -30};

    private Stubs() {}

    /** Four weeks of a line with a weekly season: 1000, rising by 10 a day. */
    public static void fourWeeksOfUsage() {
        usage(IntStream.range(0, 28).mapToObj(Stubs::day).collect(Collectors.joining(",")), "sum");
    }

    public static long dailyValue(int day) {
        return 1000 + 10L * day + SEASON[day % 7];
    }

    public static void usage(String totals, String aggregation) {
        StubService.on("GET", "/v1/usage/metrics", 200, """
                {"tenant_id":"00000000-0000-0000-0000-000000000000","meter":"m","aggregation":"%s","from":"2026-01-01T00:00:00Z",
                 "to":"2026-01-01T00:00:00Z","as_of":null,"data":[%s]}""".formatted(aggregation, totals));
    }

    public static String total(Instant start, String value) {
        return """
                {"window_start":"%s","window_end":"%s","group":{},"value":"%s","event_count":3}""".formatted(start, start.plus(1, ChronoUnit.DAYS), value);
    }

    public static void completion(String content) {
        StubService.on("POST", AiTestEnvironment.COMPLETIONS, 200, completionOf(content));
    }

    /** Answers once {@code before} has ended. */
    public static void completion(Consumer<StubService.Request> before) {
        StubService.on("POST", AiTestEnvironment.COMPLETIONS, request -> {
            before.accept(request);
            return new StubService.Answer(200, completionOf("Hi there"));
        });
    }

    private static String completionOf(String content) {
        return """
                {"id":"chatcmpl-upstream","object":"chat.completion","created":1741569952,"model":"test-model-2026",
                 "choices":[{"index":0,"message":{"role":"assistant","content":"%s"},"finish_reason":"stop","logprobs":null}],
                 "usage":{"prompt_tokens":19,"completion_tokens":10,"total_tokens":29},"service_tier":"default"}""".formatted(content);
    }

    private static String day(int day) {
        return total(FIRST_DAY.plus(day, ChronoUnit.DAYS), dailyValue(day) + ".000");
    }
}

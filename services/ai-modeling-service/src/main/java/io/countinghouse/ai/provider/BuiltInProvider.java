package io.countinghouse.ai.provider;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Callable;

/**
 * Statistics, no language model and no key. Its tokens are counted so that its use can be metered like that of a model:
 * one for each value read; one for each number forecast (value, lower, upper) or each word written.
 */
@ApplicationScoped
class BuiltInProvider implements Provider {

    private static final String MODEL = "rolling-origin-1";
    private static final int NUMBERS_PER_POINT = 3;

    @Override
    public String name() {
        return Providers.BUILT_IN;
    }

    @Override
    public Uni<Answer> answer(Task task) {
        return switch (task) {
            case Task.ForecastUsage usage -> onWorker(() -> forecast(usage));
            case Task.ExplainUsage usage -> onWorker(() -> explain(usage));
            case Task.Chat chat -> Uni.createFrom().failure(new UnsupportedTaskException(name(), "chat"));
        };
    }

    /** Finding the parameters takes tens of milliseconds of CPU: too long for an event loop. */
    private static Uni<Answer> onWorker(Callable<Answer> work) {
        return Uni.createFrom()
                .completionStage(() ->
                        Vertx.currentContext().executeBlocking(work, false).toCompletionStage());
    }

    private static Answer forecast(Task.ForecastUsage task) {
        UsageForecast forecast = UsageForecast.of(task.history(), task.horizon(), task.level());
        return Answer.own(MODEL, forecast, task.history().values().size(), (long) NUMBERS_PER_POINT * task.horizon());
    }

    private static Answer explain(Task.ExplainUsage task) {
        UsageExplanation explanation = UsageExplanation.of(task.history(), task.horizon(), task.level());
        return Answer.own(
                MODEL,
                explanation,
                task.history().values().size(),
                explanation.text().split(" ").length);
    }
}

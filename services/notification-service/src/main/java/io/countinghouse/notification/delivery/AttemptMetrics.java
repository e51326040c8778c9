package io.countinghouse.notification.delivery;

import io.countinghouse.notification.message.Channel;
import io.countinghouse.notification.message.DeliveryResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * {@code notification_attempts_total} by channel and outcome: delivered, retried (it failed and is tried again) or failed
 * (it is given up). All series are there from the start, so that the first failure is an increase.
 */
@Startup
@ApplicationScoped
class AttemptMetrics {

    private enum Outcome {
        DELIVERED,
        RETRIED,
        FAILED
    }

    private final Map<Channel, Map<Outcome, Counter>> counters = new EnumMap<>(Channel.class);

    AttemptMetrics(MeterRegistry metrics) {
        for (Channel channel : Channel.values()) {
            Map<Outcome, Counter> outcomes = new EnumMap<>(Outcome.class);
            for (Outcome outcome : Outcome.values()) {
                outcomes.put(
                        outcome,
                        metrics.counter("notification.attempts", "channel", tag(channel), "outcome", tag(outcome)));
            }
            counters.put(channel, outcomes);
        }
    }

    void count(Channel channel, DeliveryResult result, boolean retried) {
        Outcome outcome = result.delivered() ? Outcome.DELIVERED : retried ? Outcome.RETRIED : Outcome.FAILED;
        counters.get(channel).get(outcome).increment();
    }

    private static String tag(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}

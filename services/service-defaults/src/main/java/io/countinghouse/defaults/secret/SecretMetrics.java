package io.countinghouse.defaults.secret;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * {@code <prefix>_secret_info} says which secret is in use, from where, in which version; {@code
 * <prefix>_secret_age_seconds} since when that version exists, only where this is known.
 */
@ApplicationScoped
public class SecretMetrics {

    private final MeterRegistry registry;
    private final Clock clock;
    private final String prefix;
    private final MultiGauge info;
    private final MultiGauge ages;
    private final Map<String, State> states = new TreeMap<>();

    private record State(SecretSource source, String version, Optional<Instant> since) {}

    SecretMetrics(
            MeterRegistry registry, Clock clock, @ConfigProperty(name = "countinghouse.metrics.prefix") String prefix) {
        this.registry = registry;
        this.clock = clock;
        this.prefix = prefix;
        this.info = MultiGauge.builder(prefix + ".secret.info").register(registry);
        this.ages = MultiGauge.builder(prefix + ".secret.age.seconds").register(registry);
    }

    /** @param version as the source counts it; "none" where it does not */
    public synchronized void inUse(String secret, SecretSource source, String version, Optional<Instant> since) {
        State now = new State(source, version, since);
        if (now.equals(states.put(secret, now))) {
            return;
        }
        info.register(
                states.entrySet().stream()
                        .map(entry -> MultiGauge.Row.of(
                                tags(entry).and("version", entry.getValue().version()), () -> 1))
                        .toList(),
                true);
        ages.register(
                states.entrySet().stream()
                        .filter(entry -> entry.getValue().since().isPresent())
                        .map(entry -> MultiGauge.Row.of(
                                tags(entry), () -> age(entry.getValue().since().get())))
                        .toList(),
                true);
    }

    /** A secret that could not be read; what was read before stays in use. */
    public void failed(String secret) {
        registry.counter(prefix + ".secret.failures", "secret", secret).increment();
    }

    /** From the start at zero, so that an alert on its rate sees the first failure. */
    void watches(String secret) {
        registry.counter(prefix + ".secret.failures", "secret", secret);
    }

    private double age(Instant since) {
        return Math.max(0, clock.instant().toEpochMilli() - since.toEpochMilli()) / 1000.0;
    }

    private static Tags tags(Map.Entry<String, State> entry) {
        return Tags.of(
                "secret", entry.getKey(), "source", entry.getValue().source().label());
    }
}

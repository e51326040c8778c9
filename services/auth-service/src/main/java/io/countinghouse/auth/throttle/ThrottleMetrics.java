package io.countinghouse.auth.throttle;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;

/** {@code auth_attempts_throttled_total} and {@code auth_accounts_under_attack_total}, there from the start. */
@Startup
@ApplicationScoped
class ThrottleMetrics {

    private final Counter throttled;
    private final Counter attacked;

    ThrottleMetrics(MeterRegistry registry) {
        this.throttled = registry.counter("auth.attempts.throttled");
        this.attacked = registry.counter("auth.accounts.under.attack");
    }

    void throttled() {
        throttled.increment();
    }

    void attacked() {
        attacked.increment();
    }
}

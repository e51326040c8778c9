package io.countinghouse.auth.session;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;

/** {@code auth_logins_total}, {@code auth_logouts_total} and {@code auth_tokens_revoked_total}, there from the start. */
@Startup
@ApplicationScoped
class SessionMetrics {

    private final Counter logins;
    private final Counter logouts;
    private final Counter revoked;

    SessionMetrics(MeterRegistry registry) {
        this.logins = registry.counter("auth.logins");
        this.logouts = registry.counter("auth.logouts");
        this.revoked = registry.counter("auth.tokens.revoked");
    }

    void loggedIn() {
        logins.increment();
    }

    void ended(EndReason reason, int sessions) {
        revoked.increment(sessions);
        if (reason == EndReason.LOGOUT) {
            logouts.increment(sessions);
        }
    }
}

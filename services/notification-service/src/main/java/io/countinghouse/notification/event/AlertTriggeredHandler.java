package io.countinghouse.notification.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.countinghouse.defaults.event.EventHandler;
import io.countinghouse.defaults.event.ReceivedEvent;
import io.countinghouse.notification.template.Category;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;

/** Tells that usage has reached a threshold. */
@ApplicationScoped
class AlertTriggeredHandler implements EventHandler {

    private final Announcements announcements;

    AlertTriggeredHandler(Announcements announcements) {
        this.announcements = announcements;
    }

    @Override
    public String type() {
        return "billing.alert.triggered.v1";
    }

    @Override
    public Uni<Void> handle(ReceivedEvent event) {
        return announcements.webhooks(event, Category.ALERTS, "billing.alert_triggered");
    }

    @Override
    public Map<String, Function<ReceivedEvent, Uni<Void>>> besides() {
        return Announcements.mailed(this::mail);
    }

    private Uni<Void> mail(ReceivedEvent event) {
        var alert = event.dataAs(AlertTriggered.class);
        return announcements.mail(
                event,
                "alert-triggered",
                alert.email(),
                Map.of(
                        "alert_name", Values.name(alert.name(), "usage alert"),
                        "meter", Values.require(event, "meter", alert.meter()),
                        "value", Values.require(event, "value", alert.value()),
                        "threshold", Values.require(event, "threshold", alert.threshold()),
                        "period_start", Values.day(alert.periodStart())));
    }

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record AlertTriggered(
            String name, String meter, String threshold, String value, Instant periodStart, String email) {}
}

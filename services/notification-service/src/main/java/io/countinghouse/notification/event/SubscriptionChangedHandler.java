package io.countinghouse.notification.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.countinghouse.defaults.event.EventHandler;
import io.countinghouse.defaults.event.ReceivedEvent;
import io.countinghouse.notification.template.Category;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.function.Function;

/** Tells that a subscription began, changed or ended. */
@ApplicationScoped
class SubscriptionChangedHandler implements EventHandler {

    private final Announcements announcements;

    SubscriptionChangedHandler(Announcements announcements) {
        this.announcements = announcements;
    }

    @Override
    public String type() {
        return "billing.subscription.changed.v1";
    }

    @Override
    public Uni<Void> handle(ReceivedEvent event) {
        return announcements.webhooks(event, Category.SUBSCRIPTIONS, "billing.subscription_changed");
    }

    @Override
    public Map<String, Function<ReceivedEvent, Uni<Void>>> besides() {
        return Announcements.mailed(this::mail);
    }

    private Uni<Void> mail(ReceivedEvent event) {
        var subscription = event.dataAs(SubscriptionChanged.class);
        return announcements.mail(
                event,
                "subscription-changed",
                subscription.email(),
                Map.of(
                        "change", Values.require(event, "change", subscription.change()),
                        "plan_code", Values.require(event, "plan_code", subscription.planCode()),
                        "plan_version",
                                String.valueOf(Values.require(event, "plan_version", subscription.planVersion()))));
    }

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record SubscriptionChanged(String change, String planCode, Integer planVersion, String email) {}
}

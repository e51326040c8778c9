package io.countinghouse.notification.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.countinghouse.defaults.event.EventHandler;
import io.countinghouse.defaults.event.ReceivedEvent;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.countinghouse.notification.message.NotificationService;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Tells the operator, and no tenant, that a bill was made without some of its prices. */
@ApplicationScoped
class ChargeBlockedHandler implements EventHandler {

    private static final Logger LOG = Logger.getLogger(ChargeBlockedHandler.class);

    private final NotificationService notifications;
    private final TenantTransaction transaction;
    private final Optional<String> operator;

    ChargeBlockedHandler(NotificationService notifications, TenantTransaction transaction, EventConfig config) {
        this.notifications = notifications;
        this.transaction = transaction;
        this.operator = config.operatorEmail();
    }

    @Override
    public String type() {
        return "billing.charge.blocked.v1";
    }

    @Override
    public Uni<Void> handle(ReceivedEvent event) {
        var blocked = event.dataAs(ChargeBlocked.class);
        if (operator.isEmpty()) {
            LOG.warnf(
                    "charges of period %s are blocked, and countinghouse.notification.operator-email names nobody to"
                            + " write to",
                    blocked.periodId());
            return Uni.createFrom().voidItem();
        }
        Map<String, String> variables = Map.of(
                "count",
                String.valueOf(blocked.charges().size()),
                "customer_name",
                Values.name(Values.require(event, "customer_name", blocked.customerName()), "a customer"),
                "tenant_id",
                String.valueOf(event.tenantId()),
                "plan_code",
                Values.require(event, "plan_code", blocked.planCode()),
                "period_id",
                String.valueOf(blocked.periodId()),
                "period_start",
                Values.day(blocked.periodStart()),
                "charges",
                blocked.charges().stream()
                        .map(charge -> charge.description() + ": " + charge.reason())
                        .collect(Collectors.joining("\n")));
        // The mail is the operator's: a row without a tenant, which only a transaction of all tenants writes.
        return transaction.forAllTenants(
                () -> notifications.queueEmail(null, "charge-blocked", operator.get(), variables));
    }

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record ChargeBlocked(
            UUID periodId, String customerName, String planCode, Instant periodStart, List<Charge> charges) {}

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Charge(String description, String reason) {}
}

package io.countinghouse.notification.event;

import io.countinghouse.defaults.event.ReceivedEvent;
import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.notification.contact.ContactService;
import io.countinghouse.notification.message.Attachment;
import io.countinghouse.notification.message.NotificationService;
import io.countinghouse.notification.template.Category;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Tells a tenant of an event: by mail and to its webhook endpoints. */
@ApplicationScoped
class Announcements {

    private static final Logger LOG = Logger.getLogger(Announcements.class);

    private final NotificationService notifications;
    private final ContactService contacts;

    Announcements(NotificationService notifications, ContactService contacts) {
        this.notifications = notifications;
        this.contacts = contacts;
    }

    /**
     * What handlers do {@link io.countinghouse.defaults.event.EventHandler#besides} telling endpoints: neither waits for, or
     * fails with, the other.
     */
    static Map<String, Function<ReceivedEvent, Uni<Void>>> mailed(Function<ReceivedEvent, Uni<Void>> mail) {
        return Map.of("mail", mail);
    }

    /** @param webhookType what the tenant knows the event as, such as invoice.finalized */
    Uni<Void> webhooks(ReceivedEvent event, Category category, String webhookType) {
        return notifications.queueWebhooks(tenantOf(event), category, webhookType, event.time(), event.data());
    }

    /** @param email whom to write to, or null for the tenant's contact */
    Uni<Void> mail(ReceivedEvent event, String template, String email, Map<String, String> variables) {
        return mail(event, template, email, variables, null);
    }

    /** @param attachment null without one */
    Uni<Void> mail(
            ReceivedEvent event, String template, String email, Map<String, String> variables, Attachment attachment) {
        UUID tenant = tenantOf(event);
        Uni<String> address = email != null && !email.isBlank()
                ? Uni.createFrom().item(email)
                : contacts.emailOf(tenant).map(known -> known.orElse(null));
        return address.chain(to -> {
            if (to == null) {
                LOG.warnf(
                        "event %s (%s) names nobody to write to, and its tenant has no contact",
                        event.id(), event.type());
                return Uni.createFrom().voidItem();
            }
            return notifications.queueEmail(tenant, template, to, variables, attachment);
        });
    }

    static UUID tenantOf(ReceivedEvent event) {
        if (event.tenantId() == null) {
            throw ProblemException.unprocessable(
                    "event-tenant", "Event '" + event.id() + "' of type " + event.type() + " names no tenant.");
        }
        return event.tenantId();
    }
}

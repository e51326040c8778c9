package io.countinghouse.notification.message;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.countinghouse.defaults.audit.AuditTrail;
import io.countinghouse.defaults.page.Page;
import io.countinghouse.defaults.page.PageRequest;
import io.countinghouse.defaults.problem.FieldError;
import io.countinghouse.defaults.problem.ProblemException;
import io.countinghouse.defaults.tenancy.Caller;
import io.countinghouse.defaults.tenancy.TenantTransaction;
import io.countinghouse.defaults.text.EmailAddress;
import io.countinghouse.notification.contact.ContactService;
import io.countinghouse.notification.preference.PreferenceService;
import io.countinghouse.notification.template.Category;
import io.countinghouse.notification.template.RenderedMessage;
import io.countinghouse.notification.template.TemplateService;
import io.countinghouse.notification.webhook.WebhookEndpointService;
import io.countinghouse.notification.webhook.WebhookEventTypes;
import io.countinghouse.notification.webhook.WebhookTarget;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Queues messages, and shows what became of them. */
@ApplicationScoped
public class NotificationService {

    private final NotificationRepository notifications;
    private final NotificationAttemptRepository attempts;
    private final NotificationQueue queue;
    private final TemplateService templates;
    private final WebhookEndpointService endpoints;
    private final PreferenceService preferences;
    private final ContactService contacts;
    private final TenantTransaction transaction;
    private final AuditTrail audit;
    private final Caller caller;
    private final ObjectMapper json;
    private final Clock clock;

    NotificationService(
            NotificationRepository notifications,
            NotificationAttemptRepository attempts,
            NotificationQueue queue,
            TemplateService templates,
            WebhookEndpointService endpoints,
            PreferenceService preferences,
            ContactService contacts,
            TenantTransaction transaction,
            AuditTrail audit,
            Caller caller,
            ObjectMapper json,
            Clock clock) {
        this.notifications = notifications;
        this.attempts = attempts;
        this.queue = queue;
        this.templates = templates;
        this.endpoints = endpoints;
        this.preferences = preferences;
        this.contacts = contacts;
        this.transaction = transaction;
        this.audit = audit;
        this.caller = caller;
        this.json = json;
        this.clock = clock;
    }

    /** Queues a mail, in the caller's transaction; a tenant that opted out of it keeps it as suppressed. */
    public Uni<Void> queueEmail(UUID tenant, String template, String address, Map<String, String> variables) {
        return queueEmail(tenant, template, address, variables, null);
    }

    /** @param attachment null without one */
    public Uni<Void> queueEmail(
            UUID tenant, String template, String address, Map<String, String> variables, Attachment attachment) {
        return email(tenant, template, address, variables, attachment).replaceWithVoid();
    }

    /** Queues a call of each endpoint of the tenant that wants to hear of the event, in the caller's transaction. */
    public Uni<Void> queueWebhooks(UUID tenant, Category category, String eventType, Instant time, Object data) {
        return endpoints
                .listInterested(tenant, WebhookEventTypes.known(eventType))
                .chain(targets -> notifications.persistAll(targets.stream()
                        .map(target -> webhook(target, category, eventType, time, data))
                        .toList()))
                .invoke(queue::queued);
    }

    Uni<NotificationView> send(SendRequest request) {
        UUID tenant = caller.tenantId(request.tenantId());
        Uni<Notification> queued = request.channel() == Channel.EMAIL
                ? allowedAddress(tenant, request.to())
                        .chain(address -> email(tenant, request.template(), address, request.variables(), null))
                : ownEndpoint(tenant, request.to())
                        .chain(target -> templates
                                .render(request.template(), request.variables())
                                .chain(message -> notifications.persist(webhook(
                                                target,
                                                message.category(),
                                                WebhookEventTypes.SENT,
                                                clock.instant(),
                                                payload(message))
                                        .madeOf(message))))
                        .invoke(queue::queued);
        return queued.call(notifications::flush).map(Notification::view);
    }

    Uni<NotificationView> retry(UUID id) {
        return required(notifications.findForChange(id), id)
                .invoke(notification -> notification.requeue(clock.instant()))
                .invoke(queue::queued)
                .call(notification ->
                        audit.record("notification.retried", "notification", id, notification.tenantId(), Map.of()))
                .map(Notification::view);
    }

    Uni<NotificationDetailView> get(UUID id) {
        return transaction.asCaller(() -> required(notifications.findById(id), id)
                .chain(notification -> attempts.listOf(id).map(notification::detail)));
    }

    Uni<Page<NotificationView>> list(NotificationFilter filter, PageRequest page) {
        UUID tenant = caller.isAboveTenants() ? filter.tenantId : caller.tenantId(filter.tenantId);
        return transaction
                .asCaller(() -> notifications.list(filter.conditions(tenant), page.afterId(), page.limit() + 1))
                .map(found -> Page.of(
                                found,
                                page.limit(),
                                notification -> notification.id().toString())
                        .map(Notification::view));
    }

    private Uni<Notification> email(
            UUID tenant, String template, String address, Map<String, String> variables, Attachment attachment) {
        return templates
                .render(template, variables)
                .chain(message -> preferences
                        .wants(tenant, message.category())
                        .chain(wanted -> notifications.persist(
                                Notification.email(tenant, message, address, attachment, wanted, clock.instant()))))
                .invoke(queue::queued);
    }

    private Notification webhook(WebhookTarget target, Category category, String eventType, Instant time, Object data) {
        try {
            // The text is kept: what is signed must be what is sent, each time.
            String payload = json.writeValueAsString(new WebhookPayload(eventType, time, data));
            return Notification.webhook(target, category, eventType, payload, clock.instant());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the data of " + eventType + " cannot be written as JSON", e);
        }
    }

    /** A tenant's machine writes to the tenant's own contact alone: this is no mail relay. */
    private Uni<String> allowedAddress(UUID tenant, String address) {
        requireDeliverable(address);
        if (caller.isAboveTenants()) {
            return Uni.createFrom().item(address);
        }
        return contacts.emailOf(tenant).map(own -> {
            if (own.filter(contact -> EmailAddress.isSame(contact, address)).isEmpty()) {
                throw refusedTo("recipient-not-allowed", "'" + address + "' is not the contact of the tenant");
            }
            return address;
        });
    }

    private static void requireDeliverable(String address) {
        try {
            EmailAddress.of(address);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalidField("to", "'" + address + "' cannot be written to: it " + e.getMessage());
        }
    }

    private Uni<WebhookTarget> ownEndpoint(UUID tenant, String to) {
        UUID id;
        try {
            id = UUID.fromString(to);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalidField("to", "'" + to + "' is not the id of a webhook endpoint");
        }
        return endpoints
                .find(id)
                .map(found -> found.filter(target -> target.tenantId().equals(tenant))
                        .orElseThrow(() ->
                                refusedTo("unknown-webhook-endpoint", "there is no webhook endpoint '" + to + "'")));
    }

    private static Map<String, Object> payload(RenderedMessage message) {
        return Map.of(
                "template", message.template(),
                "version", message.version(),
                "subject", message.subject(),
                "text", message.text());
    }

    private static ProblemException refusedTo(String slug, String detail) {
        return new ProblemException(
                422, slug, "Unprocessable content", "to: " + detail + ".", List.of(new FieldError("to", detail)));
    }

    /** The first wall; row-level security is the second. */
    private Uni<Notification> required(Uni<Notification> found, UUID id) {
        return found.map(notification -> notification != null && isCallers(notification) ? notification : null)
                .onItem()
                .ifNull()
                .failWith(() -> ProblemException.notFound("notification", id));
    }

    private boolean isCallers(Notification notification) {
        return caller.tenant().map(own -> own.equals(notification.tenantId())).orElse(true);
    }
}

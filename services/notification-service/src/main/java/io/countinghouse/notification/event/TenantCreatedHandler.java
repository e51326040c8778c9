package io.countinghouse.notification.event;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.countinghouse.defaults.event.EventHandler;
import io.countinghouse.defaults.event.ReceivedEvent;
import io.countinghouse.notification.contact.Contact;
import io.countinghouse.notification.contact.ContactService;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** Remembers whom to write to, and welcomes the owner. */
@ApplicationScoped
class TenantCreatedHandler implements EventHandler {

    private final ContactService contacts;
    private final Announcements announcements;
    private final Clock clock;

    TenantCreatedHandler(ContactService contacts, Announcements announcements, Clock clock) {
        this.contacts = contacts;
        this.announcements = announcements;
        this.clock = clock;
    }

    @Override
    public String type() {
        return "auth.tenant.created.v1";
    }

    @Override
    public Uni<Void> handle(ReceivedEvent event) {
        var created = TenantCreated.of(event);
        return contacts.store(new Contact(
                Announcements.tenantOf(event),
                created.name(),
                created.ownerUserId(),
                created.ownerName(),
                created.ownerEmail(),
                clock.instant()));
    }

    @Override
    public Map<String, Function<ReceivedEvent, Uni<Void>>> besides() {
        return Announcements.mailed(this::mail);
    }

    private Uni<Void> mail(ReceivedEvent event) {
        var created = TenantCreated.of(event);
        return announcements.mail(
                event,
                "welcome",
                created.ownerEmail(),
                Map.of(
                        "owner_name", Values.name(created.ownerName(), created.ownerEmail()),
                        "tenant_name", Values.name(created.name(), "your organisation"),
                        "email", created.ownerEmail()));
    }

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record TenantCreated(String name, UUID ownerUserId, String ownerEmail, String ownerName) {

        static TenantCreated of(ReceivedEvent event) {
            var created = event.dataAs(TenantCreated.class);
            Values.require(event, "owner_email", created.ownerEmail());
            Values.require(event, "name", created.name());
            return created;
        }
    }
}

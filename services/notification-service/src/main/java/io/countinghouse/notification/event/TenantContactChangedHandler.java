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
import java.util.UUID;

/** Writes to another owner from now on. */
@ApplicationScoped
class TenantContactChangedHandler implements EventHandler {

    private final ContactService contacts;
    private final Clock clock;

    TenantContactChangedHandler(ContactService contacts, Clock clock) {
        this.contacts = contacts;
        this.clock = clock;
    }

    @Override
    public String type() {
        return "auth.tenant.contact_changed.v1";
    }

    @Override
    public Uni<Void> handle(ReceivedEvent event) {
        UUID tenant = Announcements.tenantOf(event);
        var changed = event.dataAs(TenantContactChanged.class);
        Values.require(event, "owner_email", changed.ownerEmail());
        Values.require(event, "name", changed.name());
        return contacts.store(new Contact(
                tenant,
                changed.name(),
                changed.ownerUserId(),
                changed.ownerName(),
                changed.ownerEmail(),
                clock.instant()));
    }

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record TenantContactChanged(String name, UUID ownerUserId, String ownerEmail, String ownerName) {}
}

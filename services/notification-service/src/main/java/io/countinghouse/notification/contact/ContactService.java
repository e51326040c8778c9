package io.countinghouse.notification.contact;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/** Knows tenants' contacts; every method joins the caller's transaction. */
@ApplicationScoped
public class ContactService {

    private final ContactRepository contacts;

    ContactService(ContactRepository contacts) {
        this.contacts = contacts;
    }

    /** A contact that is known already is replaced. */
    public Uni<Void> store(Contact contact) {
        return contacts.getSession().chain(session -> session.merge(contact)).replaceWithVoid();
    }

    public Uni<Optional<String>> emailOf(UUID tenant) {
        return tenant == null
                ? Uni.createFrom().item(Optional.empty())
                : contacts.findById(tenant)
                        .map(contact -> Optional.ofNullable(contact).map(Contact::email));
    }
}

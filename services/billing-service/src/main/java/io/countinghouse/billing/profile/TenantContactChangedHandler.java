package io.countinghouse.billing.profile;

import io.countinghouse.defaults.event.EventHandler;
import io.countinghouse.defaults.event.ReceivedEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** A profile that still names the former contact names the new one; an address that somebody chose for bills stays. */
@ApplicationScoped
class TenantContactChangedHandler implements EventHandler {
    private final ProfileService profiles;

    TenantContactChangedHandler(ProfileService profiles) {
        this.profiles = profiles;
    }

    @Override
    public String type() {
        return "auth.tenant.contact_changed.v1";
    }

    @Override
    public Uni<Void> handle(ReceivedEvent event) {
        return profiles.follow(event.dataAs(TenantContactChanged.class));
    }
}

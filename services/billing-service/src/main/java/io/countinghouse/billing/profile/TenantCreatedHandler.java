package io.countinghouse.billing.profile;

import io.countinghouse.defaults.event.EventHandler;
import io.countinghouse.defaults.event.ReceivedEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

@ApplicationScoped
class TenantCreatedHandler implements EventHandler {
    private final ProfileService profiles;

    TenantCreatedHandler(ProfileService profiles) {
        this.profiles = profiles;
    }

    @Override
    public String type() {
        return "auth.tenant.created.v1";
    }

    @Override
    public Uni<Void> handle(ReceivedEvent event) {
        return profiles.createFor(event.dataAs(TenantCreated.class));
    }
}

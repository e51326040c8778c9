package io.countinghouse.billing.profile;

import io.quarkus.hibernate.reactive.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

@ApplicationScoped
class ProfileRepository implements PanacheRepositoryBase<BillingProfile, UUID> {}

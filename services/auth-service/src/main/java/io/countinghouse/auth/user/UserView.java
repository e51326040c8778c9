package io.countinghouse.auth.user;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;

@RegisterForReflection
record UserView(UUID id, UUID tenantId, String email, String name, String role, Instant createdAt) {

    static UserView of(User user) {
        return new UserView(user.id(), user.tenantId(), user.email(), user.name(), user.role(), user.createdAt());
    }
}

package io.countinghouse.auth.user;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

@RegisterForReflection
record UserView(
        UUID id,
        UUID tenantId,
        String email,
        String name,
        String role,
        Instant createdAt,

        @Schema(description = "The first password, which somebody else chose, is unchanged")
        boolean passwordChangeRequired) {

    static UserView of(User user) {
        return new UserView(
                user.id(),
                user.tenantId(),
                user.email(),
                user.name(),
                user.role(),
                user.createdAt(),
                user.mustChangePassword());
    }
}

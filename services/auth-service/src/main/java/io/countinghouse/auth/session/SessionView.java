package io.countinghouse.auth.session;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

record SessionView(
        UUID id,
        Instant startedAt,
        Instant lastUsedAt,
        Instant expiresAt,
        String clientAddress,
        String userAgent,

        @Schema(description = "Whether this is the session of the token that asks")
        boolean current) {

    static SessionView of(LoginSession session, UUID current) {
        return new SessionView(
                session.id(),
                session.startedAt(),
                session.lastUsedAt(),
                session.expiresAt(),
                session.clientAddress(),
                session.userAgent(),
                session.id().equals(current));
    }
}

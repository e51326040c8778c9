package io.countinghouse.auth.machine;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

@RegisterForReflection
record ServiceAccountView(
        UUID id,
        UUID tenantId,
        String name,
        List<String> scopes,
        Instant createdAt,

        @Schema(
                description =
                        "The user, or the operator's machine, that made the account; null for the seven services and "
                                + "where nobody noted it",
                nullable = true)
        String createdBy,

        @Schema(
                description = "The user who made the account may make none any more. The account works on: it is the "
                        + "tenant's and not the person's. Revoke it if that person must not know its secret.")
        boolean makerLostRight,

        @Schema(description = "When it last got a token, to the hour", nullable = true)
        Instant lastUsedAt,

        @Schema(description = "From then on it gets no tokens", nullable = true)
        Instant expiresAt,

        String clientId,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(
                description =
                        "Only in the answer that creates the account, and in its repetitions by the same caller with the "
                                + "same Idempotency-Key within a day")
        String clientSecret) {

    static ServiceAccountView of(ServiceAccount account, boolean makerLostRight) {
        return new ServiceAccountView(
                account.id(),
                account.tenantId(),
                account.name(),
                List.copyOf(account.scopes()),
                account.createdAt(),
                account.createdBy(),
                makerLostRight,
                account.lastUsedAt(),
                account.expiresAt(),
                account.clientId(),
                null);
    }

    ServiceAccountView withSecret(String secret) {
        return new ServiceAccountView(
                id,
                tenantId,
                name,
                scopes,
                createdAt,
                createdBy,
                makerLostRight,
                lastUsedAt,
                expiresAt,
                clientId,
                secret);
    }

    @Override
    public String toString() {
        return "service account " + clientId;
    }
}

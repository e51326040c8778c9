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
        String clientId,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Schema(description = "Only in the answer that creates the account")
        String clientSecret) {

    static ServiceAccountView of(ServiceAccount account) {
        return new ServiceAccountView(
                account.id(),
                account.tenantId(),
                account.name(),
                List.copyOf(account.scopes()),
                account.createdAt(),
                account.clientId(),
                null);
    }

    ServiceAccountView withSecret(String secret) {
        return new ServiceAccountView(id, tenantId, name, scopes, createdAt, clientId, secret);
    }

    @Override
    public String toString() {
        return "service account " + clientId;
    }
}

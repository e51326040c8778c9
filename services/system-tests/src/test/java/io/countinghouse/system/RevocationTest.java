package io.countinghouse.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.countinghouse.operations.ServiceName;
import io.countinghouse.operations.journey.Api;
import io.countinghouse.operations.journey.Journey;
import io.countinghouse.stack.LocalStack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A logout ends the session everywhere, although every service verifies tokens by itself. */
class RevocationTest {

    private static final Map<ServiceName, String> READS = Map.of(
            ServiceName.AUTH, "/v1/auth/user_info",
            ServiceName.USAGE, "/v1/usage/meters",
            ServiceName.BILLING, "/v1/billing/plans",
            ServiceName.INVOICE, "/v1/invoices",
            ServiceName.NOTIFICATION, "/v1/notifications",
            ServiceName.AUDIT_LOG, "/v1/audit-logs",
            ServiceName.AI_MODELING, "/v1/ai/history");

    private final HttpClient http = Stack.client();

    @Test
    void aLogoutIsHonouredByAllSeven() {
        // Given
        LocalStack stack = Stack.get();
        Journey journey = stack.journey(Stack.small(), "-revoked");
        journey.signUp();
        Api anyone = Api.at(stack.config().originUrl());
        String token = anyone.post(
                        "/v1/auth/login",
                        Api.object()
                                .put("email", journey.email())
                                .put("password", stack.secrets().get("demo.password")),
                        null)
                .get("access_token")
                .asText();
        READS.values()
                .forEach(path -> assertThat(status(stack, path, token)).as(path).isEqualTo(200));

        // When
        anyone.as(() -> token).post("/v1/auth/logout", Api.object(), null);

        // Then
        READS.values()
                .forEach(path -> Api.await(
                        path + " to refuse the token", () -> status(stack, path, token) == 401 ? true : null));
    }

    private int status(LocalStack stack, String path, String token) {
        try {
            return http.send(
                            HttpRequest.newBuilder(URI.create(stack.config().originUrl() + path))
                                    .header("Authorization", "Bearer " + token)
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

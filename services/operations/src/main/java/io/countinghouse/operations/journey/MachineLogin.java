package io.countinghouse.operations.journey;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/** The token of a service account by client credentials (RFC 6749 section 4.4), renewed before it expires. */
final class MachineLogin implements Supplier<String> {

    /** As in {@link Login}. */
    private static final Duration MARGIN = Duration.ofMinutes(2);

    private final Api api;
    private final String form;
    private String accessToken;
    private long renewAt;

    MachineLogin(Api api, String clientId, String clientSecret) {
        this.api = api;
        this.form = Api.query(Map.of(
                        "grant_type", "client_credentials", "client_id", clientId, "client_secret", clientSecret))
                .substring(1);
    }

    @Override
    public synchronized String get() {
        if (accessToken == null || System.nanoTime() >= renewAt) {
            JsonNode answer = api.post("/v1/auth/token", "application/x-www-form-urlencoded", form, null);
            accessToken = answer.get("access_token").asText();
            renewAt = System.nanoTime()
                    + Duration.ofSeconds(answer.get("expires_in").asLong())
                            .minus(MARGIN)
                            .toNanos();
        }
        return accessToken;
    }
}

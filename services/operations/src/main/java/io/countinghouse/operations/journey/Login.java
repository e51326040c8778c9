package io.countinghouse.operations.journey;

import com.fasterxml.jackson.databind.JsonNode;
import io.countinghouse.operations.secret.Account;
import java.time.Duration;
import java.util.function.Supplier;

/** A person's login: gives an access token, and logs in again before it expires. */
public final class Login implements Supplier<String> {

    /** Asked again this long before the end, so that no request carries a token that expires on its way. */
    private static final Duration MARGIN = Duration.ofMinutes(2);

    private final Api api;
    private final Account account;
    private String accessToken;
    private long renewAt;

    public Login(Api api, Account account) {
        this.api = api;
        this.account = account;
    }

    @Override
    public synchronized String get() {
        if (accessToken == null || System.nanoTime() >= renewAt) {
            JsonNode answer = api.post(
                    "/v1/auth/login",
                    Api.object().put("email", account.name()).put("password", account.password()),
                    null);
            accessToken = answer.get("access_token").asText();
            renewAt = System.nanoTime()
                    + Duration.ofSeconds(answer.get("expires_in").asLong())
                            .minus(MARGIN)
                            .toNanos();
        }
        return accessToken;
    }
}

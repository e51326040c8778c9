package io.countinghouse.auth.machine;

import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** An error of the token endpoint: OAuth clients understand RFC 6749 section 5.2, not problems. */
@RegisterForReflection
record OAuthError(String error, String errorDescription) {

    static Response invalidRequest(String description) {
        return answer(400, "invalid_request", description);
    }

    static Response unsupportedGrantType(String grantType) {
        return answer(400, "unsupported_grant_type", "'%s' is not client_credentials".formatted(printable(grantType)));
    }

    static Response invalidScope(String description) {
        return answer(400, "invalid_scope", description);
    }

    /** Says the same for an unknown client, a wrong secret and a revoked account. */
    static Response invalidClient() {
        return Response.fromResponse(answer(401, "invalid_client", "unknown client, or wrong secret"))
                .header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"countinghouse\"")
                .build();
    }

    private static Response answer(int status, String error, String description) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(new OAuthError(error, description))
                .build();
    }

    /** The RFC allows printable ASCII without quotes and backslashes in a description. */
    private static String printable(String value) {
        String cleaned = value.replaceAll("[^\\x20-\\x21\\x23-\\x5B\\x5D-\\x7E]", "?");
        return cleaned.length() <= 50 ? cleaned : cleaned.substring(0, 50);
    }
}

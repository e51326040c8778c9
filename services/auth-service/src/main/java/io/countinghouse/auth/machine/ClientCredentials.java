package io.countinghouse.auth.machine;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Who a client says it is, by HTTP Basic or in the body: RFC 6749 section 2.3.1. */
record ClientCredentials(String clientId, String secret) {

    private static final String BASIC = "Basic ";

    /** Empty when the client did not authenticate, or in a way that cannot be read. */
    static Optional<ClientCredentials> from(String authorization, String clientId, String secret) {
        // Another scheme is not for this operation: HTTP clients attach the access token that they have to every call.
        if (authorization != null && authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return fromBasic(authorization);
        }
        return clientId == null || secret == null
                ? Optional.empty()
                : Optional.of(new ClientCredentials(clientId, secret));
    }

    private static Optional<ClientCredentials> fromBasic(String authorization) {
        try {
            String pair = new String(
                    Base64.getDecoder()
                            .decode(authorization.substring(BASIC.length()).strip()),
                    StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(
                            new ClientCredentials(decode(pair.substring(0, colon)), decode(pair.substring(colon + 1))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Both halves are form-encoded within the header; ids and secrets made here read the same either way. */
    private static String decode(String half) {
        return URLDecoder.decode(half, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "credentials of client " + clientId;
    }
}

package io.countinghouse.auth.session;

import io.countinghouse.auth.secret.OpaqueToken;
import io.countinghouse.auth.secret.ServerSecret;
import java.nio.charset.StandardCharsets;

/** The secret that the client holds: 256 bits, random for the first of a family, computed for each child. */
record RefreshToken(String value) {

    private static final String PREFIX = "chr_";

    static RefreshToken random() {
        return new RefreshToken(OpaqueToken.random(PREFIX));
    }

    /** Always the same child, and nobody without the server's secret can compute it. */
    RefreshToken child(ServerSecret secret) {
        return new RefreshToken(
                OpaqueToken.of(PREFIX, secret.derive("refresh-token", value.getBytes(StandardCharsets.UTF_8))));
    }

    @Override
    public String toString() {
        return "a refresh token";
    }
}

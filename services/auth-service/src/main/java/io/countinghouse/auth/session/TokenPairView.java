package io.countinghouse.auth.session;

import io.countinghouse.auth.key.AccessTokens;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

record TokenPairView(
        String accessToken,
        @Schema(examples = "Bearer") String tokenType,

        @Schema(description = "Seconds the access token is valid", examples = "900")
        long expiresIn,

        String refreshToken) {

    static TokenPairView of(String accessToken, RefreshToken refreshToken) {
        return new TokenPairView(accessToken, "Bearer", AccessTokens.LIFETIME.toSeconds(), refreshToken.value());
    }

    @Override
    public String toString() {
        return "a token pair";
    }
}

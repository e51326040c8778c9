package io.countinghouse.auth.session;

import io.countinghouse.auth.key.AccessTokens;
import io.countinghouse.auth.user.Credentials;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

record TokenPairView(
        String accessToken,
        @Schema(examples = "Bearer") String tokenType,

        @Schema(description = "Seconds the access token is valid", examples = "900")
        long expiresIn,

        String refreshToken,

        @Schema(
                description =
                        "The password is one that somebody else chose: the token is good for POST /v1/auth/password "
                                + "and a logout alone. A refresh after the change gives a token with the user's role.")
        boolean passwordChangeRequired) {

    static TokenPairView of(String accessToken, RefreshToken refreshToken, Credentials user) {
        return new TokenPairView(
                accessToken,
                "Bearer",
                AccessTokens.LIFETIME.toSeconds(),
                refreshToken.value(),
                user.mustChangePassword());
    }

    @Override
    public String toString() {
        return "a token pair";
    }
}

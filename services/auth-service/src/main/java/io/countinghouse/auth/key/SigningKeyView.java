package io.countinghouse.auth.key;

import java.time.Instant;

record SigningKeyView(String kid, String state, Instant publishedAt, Instant activatedAt, Instant retiredAt) {

    static SigningKeyView of(SigningKey key) {
        return new SigningKeyView(key.kid(), key.state().name(), key.publishedAt(), key.activatedAt(), key.retiredAt());
    }
}

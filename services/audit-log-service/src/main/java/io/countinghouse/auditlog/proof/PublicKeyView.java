package io.countinghouse.auditlog.proof;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What verifies checkpoints: the key in use, and those that were in use before. */
@RegisterForReflection
record PublicKeyView(
        String origin,
        String algorithm,

        @Schema(description = "The 32 bytes of RFC 8032, in base64")
        String publicKey,

        @Schema(description = "The same as C2SP signed-note writes it")
        String key,

        List<Earlier> earlier) {

    @RegisterForReflection
    record Earlier(String publicKey, String key, Instant createdAt) {}
}

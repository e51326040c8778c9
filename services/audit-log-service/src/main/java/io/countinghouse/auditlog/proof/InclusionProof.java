package io.countinghouse.auditlog.proof;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * All that a verifier needs to see that an entry is in the log: hash the entry, fold in the hashes (RFC 9162, 2.1.3.2),
 * compare with the root in the checkpoint, verify the checkpoint's signature.
 */
@RegisterForReflection
record InclusionProof(
        UUID id,
        long leafIndex,
        long treeSize,

        @Schema(description = "SHA-256(0x00 || UTF-8 bytes of entry), in base64")
        String leafHash,

        @Schema(description = "The entry as canonical JSON (RFC 8785): exactly the text that was hashed")
        String entry,

        @Schema(description = "From the leaf's sibling up to the root's child, in base64")
        List<String> hashes,

        Checkpoint checkpoint) {}

package io.countinghouse.auditlog.proof;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Shows that the later tree is the earlier one, continued (RFC 9162, 2.1.4.2). */
@RegisterForReflection
record ConsistencyProof(
        long from,
        long to,
        @Schema(description = "In base64") List<String> hashes,
        Checkpoint fromCheckpoint,
        Checkpoint toCheckpoint) {}

package io.countinghouse.auditlog.proof;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Under which name and with which key the log is signed. */
@ConfigMapping(prefix = "countinghouse.audit")
interface ProofConfig {

    /** The first line of every checkpoint and the name of the key, without a scheme, e.g. {@code example.com/audit-log}. */
    String origin();

    /** An Ed25519 private key, PKCS#8 in PEM or in base64; without it one is generated at the first start. */
    Optional<String> signingKey();

    /** Encrypts the generated key in the database: at least 32 characters of a random secret. */
    Optional<String> keyEncryptionSecret();
}

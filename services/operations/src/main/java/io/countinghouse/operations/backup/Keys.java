package io.countinghouse.operations.backup;

import io.countinghouse.operations.OperationException;
import io.countinghouse.operations.secret.Seal;
import io.countinghouse.operations.secret.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/** What opens that which the databases hold sealed. */
interface Keys {

    /** @throws ViolationException when it is not there */
    String sealing(Seal seal);

    /** In PEM, the public half of a version of the key that signs access tokens in Vault. */
    Optional<String> signingKey(int version);

    /** Of a backup that holds its secrets itself. */
    static Keys of(Path file) {
        Properties properties = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            properties.load(in);
        } catch (IOException e) {
            throw new OperationException("cannot read " + file + ": " + e.getMessage(), e);
        }
        return new Keys() {
            @Override
            public String sealing(Seal seal) {
                String secret = properties.getProperty(seal.local());
                if (secret == null) {
                    throw new ViolationException("the secrets of the backup lack " + seal.local());
                }
                return secret;
            }

            @Override
            public Optional<String> signingKey(int version) {
                return Optional.empty();
            }
        };
    }

    /** Of a backup without secrets: where the installation has them. */
    static Keys of(Secrets secrets) {
        return new Keys() {
            @Override
            public String sealing(Seal seal) {
                try {
                    return secrets.sealing(seal);
                } catch (OperationException e) {
                    throw new ViolationException(e.getMessage());
                }
            }

            @Override
            public Optional<String> signingKey(int version) {
                return secrets.signingKey(version);
            }
        };
    }
}

package io.countinghouse.operations.backup;

import io.countinghouse.operations.OperationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** The data folder of {@code scripts/up}: what of it a backup holds. */
record DataFolder(Path path) {

    static final String DATABASE = "postgresql";
    static final String SECRETS = "secrets.properties";

    private static final String SUPERUSER_SECRET = "database.postgres";

    /** Line of postmaster.pid that holds the port (PostgreSQL's src/include/utils/pidfile.h). */
    private static final int PORT_LINE = 3;

    Path database() {
        return path.resolve(DATABASE);
    }

    Path secrets() {
        return path.resolve(SECRETS);
    }

    /** Whether the installation's secrets are in it: not where Vault or a cluster keeps them. */
    boolean hasSecrets() {
        return Files.exists(secrets());
    }

    /** Of the folder's secrets; else of PGPASSWORD, as PostgreSQL's own programs take it; empty without either. */
    String superuserPassword() {
        String otherwise = Optional.ofNullable(System.getenv("PGPASSWORD")).orElse("");
        if (!hasSecrets()) {
            return otherwise;
        }
        Properties secrets = new Properties();
        try (var in = Files.newBufferedReader(secrets())) {
            secrets.load(in);
        } catch (IOException e) {
            throw new OperationException("cannot read " + secrets() + ": " + e.getMessage(), e);
        }
        return secrets.getProperty(SUPERUSER_SECRET, otherwise);
    }

    /** The server that runs on it. */
    Server server() {
        Path file = database().resolve("postmaster.pid");
        if (!Files.exists(file)) {
            throw new OperationException("no PostgreSQL runs on " + database() + ": start it with scripts/up");
        }
        try {
            List<String> lines = Files.readAllLines(file);
            if (lines.size() <= PORT_LINE) {
                throw new OperationException("PostgreSQL is starting on " + database() + ": try again");
            }
            return new Server(Integer.parseInt(lines.get(PORT_LINE).strip()), superuserPassword());
        } catch (IOException e) {
            throw new OperationException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}

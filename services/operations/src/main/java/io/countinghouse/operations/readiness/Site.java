package io.countinghouse.operations.readiness;

import io.countinghouse.operations.ServiceName;
import io.countinghouse.operations.database.DatabaseNames;
import io.countinghouse.operations.secret.Account;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/** What differs between an installation of {@code scripts/up} and one in a cluster: where things are found. */
interface Site extends AutoCloseable {

    /** One process of a service: the addresses of its API and of health and metrics, without a slash at the end. */
    record Process(String api, String management) {}

    /**
     * Where a secret comes from and since when it has its value.
     *
     * @param since empty when nobody tells
     */
    record SecretOrigin(String name, String source, Optional<Instant> since) {}

    /** Where and when the latest backup, or drill, was made; and whether the drill passed. */
    record Trace(Instant at, String what, boolean passed) {}

    /**
     * A text that others than its owner read, such as a manifest or a command line.
     *
     * @param own whether it is this installation's: in somebody else's, only the secrets of this one are looked for
     */
    record Readable(String where, String text, boolean own) {

        Readable(String where, String text) {
            this(where, text, true);
        }
    }

    String description();

    /** At least one. */
    List<Process> processes(ServiceName service);

    /** Whom to believe that speaks HTTPS at those addresses; empty where none does. */
    Optional<SSLContext> trust();

    Account operator();

    /** What its databases and roles are called. */
    DatabaseNames databaseNames(ServiceName service);

    /** As the role that migrates. */
    Connection database(ServiceName service) throws SQLException;

    /** Lines of the log of all processes of a service, oldest first. */
    List<String> log(ServiceName service) throws IOException;

    /** Values of the secrets of a service by name, for looking for them where they must not be; never printed. */
    Map<String, String> secrets(ServiceName service);

    List<SecretOrigin> secretOrigins(ServiceName service);

    /** Secrets that lie open to others where they are kept. */
    List<String> unprotectedSecrets(ServiceName service) throws IOException;

    /** Where a secret of the service would be read by others. */
    List<Readable> readable(ServiceName service) throws IOException;

    Optional<Trace> backup() throws IOException;

    Optional<Trace> restoreDrill() throws IOException;

    /** What mends a missing backup, or restore drill. */
    String mending(Line line);

    /** Lines about pods and policies that this site has: REPLICAS to DISRUPTION_BUDGET. */
    List<Finding> platform(ServiceName service, Set<Line> lines);

    @Override
    void close();
}

package io.countinghouse.auth.session;

import io.countinghouse.defaults.secret.SecretBox;
import io.countinghouse.defaults.secret.Secrets;
import io.countinghouse.defaults.secret.WatchedSecret;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * What refresh tokens are hashed with, so that who can write to the database cannot make a session. A new secret comes
 * with the one before it, which goes on being accepted: no session ends by it. The first must be there for the start.
 */
@Startup
@ApplicationScoped
class SessionSecret {

    private static final Logger LOG = Logger.getLogger(SessionSecret.class);
    private static final String PROPERTY = "countinghouse.auth.session-secret";
    private static final String PREVIOUS = "countinghouse.auth.previous-session-secret";

    private final Secrets secrets;
    private final WatchedSecret watched;
    private volatile Boxes boxes;

    private record Boxes(WatchedSecret.Version version, List<SecretBox> newestFirst) {}

    SessionSecret(Secrets secrets) {
        this.secrets = secrets;
        this.watched = secrets.watch("session", Map.of("secret", PROPERTY, "previous", PREVIOUS));
        this.boxes = read(watched.current());
    }

    byte[] hash(RefreshToken token) {
        return hash(boxes().getFirst(), token);
    }

    /** Under each secret that is accepted, the newest first. */
    List<byte[]> hashes(RefreshToken token) {
        return boxes().stream().map(box -> hash(box, token)).toList();
    }

    /** Asks Vault, at most once a second, whether there is a newer secret; without Vault there never is. */
    Uni<Boolean> isNewer() {
        return secrets.isNewer(watched);
    }

    private List<SecretBox> boxes() {
        WatchedSecret.Version version = watched.current();
        if (!version.equals(boxes.version())) {
            try {
                boxes = read(version);
            } catch (IllegalArgumentException | IllegalStateException e) {
                LOG.errorf("the new session secret is not used: %s", e.getMessage());
                boxes = new Boxes(version, boxes.newestFirst());
            }
        }
        return boxes.newestFirst();
    }

    private static Boxes read(WatchedSecret.Version version) {
        String current = version.value("secret")
                .orElseThrow(
                        () -> new IllegalStateException(
                                PROPERTY
                                        + " is not set: it must be a random text of at least 32 characters, the same on every replica"));
        List<SecretBox> boxes = new ArrayList<>();
        boxes.add(new SecretBox(PROPERTY, current));
        version.value("previous").ifPresent(previous -> boxes.add(new SecretBox(PREVIOUS, previous)));
        return new Boxes(version, List.copyOf(boxes));
    }

    private static byte[] hash(SecretBox box, RefreshToken token) {
        return box.derive("refresh-token-hash", token.value().getBytes(StandardCharsets.UTF_8));
    }
}

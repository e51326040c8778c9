package io.countinghouse.defaults.secret;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A secret of one or more keys, always in its newest version known; ask again for every use. */
public final class WatchedSecret {

    private static final long ONE_SECOND = 1_000_000_000L;

    private final String name;
    private final AtomicLong askedAt = new AtomicLong(System.nanoTime() - ONE_SECOND);
    private volatile Version current;

    /** @param number the source's, 0 where it counts none */
    public record Version(SecretSource source, int number, Map<String, String> values) {

        public Optional<String> value(String key) {
            return Optional.ofNullable(values.get(key)).filter(value -> !value.isBlank());
        }

        @Override
        public String toString() {
            return "version " + number + " of a secret from " + source;
        }
    }

    WatchedSecret(String name, Version first) {
        this.name = name;
        this.current = Objects.requireNonNull(first);
    }

    public String name() {
        return name;
    }

    /** All keys at one moment: what belongs together is read together. */
    public Version current() {
        return current;
    }

    public Optional<String> value(String key) {
        return current.value(key);
    }

    /** True once a second: however often somebody would like to, Vault is not asked more. */
    boolean mayBeAskedFor() {
        long now = System.nanoTime();
        long before = askedAt.get();
        return now - before >= ONE_SECOND && askedAt.compareAndSet(before, now);
    }

    /** @return whether it is another version than before */
    boolean replace(Version version) {
        boolean other = !version.equals(current);
        current = version;
        return other;
    }
}

package io.countinghouse.operations.kubernetes;

import io.countinghouse.operations.RefusedException;
import io.countinghouse.operations.ServiceName;
import io.countinghouse.operations.database.DatabaseNames;
import io.countinghouse.operations.kubernetes.SecretKeys.Key;
import io.countinghouse.operations.kubernetes.SecretKeys.Kind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * What is to be done so that each Secret has all its keys. A value that is there stays, but for the hash of an identity: a
 * service that lost its Secret gets a new identity, and auth-service must know it.
 *
 * @param missing keys to add, by Secret; a Secret that is not there has all of its keys here
 * @param healed hashes that fit no identity, to replace
 */
record SecretPlan(Map<String, Map<String, String>> missing, Map<String, String> healed) {

    /** 62 letters and digits to the power of 43 are 256 bits. */
    private static final int RANDOM_LENGTH = 43;

    private static final int PASSWORD_LENGTH = 24;

    /**
     * @param there the Secrets of these names that exist, by name
     * @param names of the roles
     * @param accepted Secrets whose seal may be made anew although it was lost
     * @param random a text of so many letters and digits
     * @throws RefusedException when a seal was lost, or a Secret is somebody else's
     */
    static SecretPlan of(
            Map<String, Map<String, String>> there,
            DatabaseNames names,
            Set<String> accepted,
            IntFunction<String> random) {
        Map<String, List<Key>> all = SecretKeys.all();
        refuseForeign(all, there);
        refuseLost(all, there, accepted);
        Map<ServiceName, String> identities = new EnumMap<>(ServiceName.class);
        for (ServiceName service : ServiceName.values()) {
            String known = there.getOrDefault(service.id(), Map.of()).get(SecretKeys.IDENTITY);
            identities.put(service, known == null ? random.apply(RANDOM_LENGTH) : known);
        }
        Map<String, Map<String, String>> missing = new LinkedHashMap<>();
        Map<String, String> healed = new LinkedHashMap<>();
        all.forEach((secret, keys) -> {
            Map<String, String> values = there.getOrDefault(secret, Map.of());
            Map<String, String> added = new LinkedHashMap<>();
            for (Key key : keys) {
                String value = values.get(key.name());
                if (value == null) {
                    added.put(key.name(), made(key, names, identities, random));
                } else if (key.kind() == Kind.HASH && !value.equals(sha256(identities.get(key.service())))) {
                    healed.put(key.name(), sha256(identities.get(key.service())));
                }
            }
            if (!added.isEmpty()) {
                missing.put(secret, added);
            }
        });
        return new SecretPlan(missing, healed);
    }

    boolean isEmpty() {
        return missing.isEmpty() && healed.isEmpty();
    }

    private static String made(
            Key key, DatabaseNames names, Map<ServiceName, String> identities, IntFunction<String> random) {
        return switch (key.kind()) {
            case APPLICATION_ROLE -> names.applicationRole(key.service());
            case OWNER_ROLE -> names.ownerRole(key.service());
            case PASSWORD -> random.apply(PASSWORD_LENGTH);
            case HASH -> sha256(identities.get(key.service()));
            case RANDOM, SEAL ->
                key.name().equals(SecretKeys.IDENTITY) ? identities.get(key.service()) : random.apply(RANDOM_LENGTH);
        };
    }

    /** A Secret of this name that has none of these keys was made for something else. */
    private static void refuseForeign(Map<String, List<Key>> all, Map<String, Map<String, String>> there) {
        there.forEach((secret, values) -> {
            if (!values.isEmpty() && all.get(secret).stream().map(Key::name).noneMatch(values::containsKey)) {
                throw new RefusedException("Secret '" + secret + "' is there and has none of the keys of "
                        + "docs/secrets.md: it is somebody else's. Install into another namespace, or rename it.");
            }
        });
    }

    private static void refuseLost(
            Map<String, List<Key>> all, Map<String, Map<String, String>> there, Set<String> accepted) {
        List<String> order = new ArrayList<>(all.keySet());
        all.forEach((secret, keys) -> {
            boolean isFirst =
                    order.subList(order.indexOf(secret), order.size()).stream().noneMatch(there::containsKey);
            keys.stream()
                    .filter(key -> key.kind() == Kind.SEAL
                            && !isFirst
                            && !accepted.contains(secret)
                            && !there.getOrDefault(secret, Map.of()).containsKey(key.name()))
                    .forEach(key -> {
                        throw new RefusedException("Secret '" + secret + "' has lost '" + key.name()
                                + "', which opens what is in the database: put the copy of it back. If there is none,"
                                + " --accept-loss " + secret + " makes a new one, and what the old one closed is"
                                + " lost (docs/secrets.md says what).");
                    });
        });
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

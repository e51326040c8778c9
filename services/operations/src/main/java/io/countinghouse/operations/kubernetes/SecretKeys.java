package io.countinghouse.operations.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.countinghouse.operations.ServiceName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The Secrets of an installation and how each of their values is made, as the chart's facts say. */
final class SecretKeys {

    static final String IDENTITY = "COUNTINGHOUSE_SERVICE_SECRET";

    private static final String EACH_SERVICE = "<SERVICE>";

    /** How a value is made. */
    enum Kind {
        /** Names the role that the service works with. */
        APPLICATION_ROLE,
        /** Names the role that owns the service's database. */
        OWNER_ROLE,
        /** 256 random bits. */
        RANDOM,
        /** What a person types once. */
        PASSWORD,
        /** Random, and what it closed is lost without it. */
        SEAL,
        /** SHA-256 of the identity of a service. */
        HASH
    }

    /** @param service whose role it names, or whose identity it is the hash of */
    record Key(String name, Kind kind, ServiceName service) {}

    private SecretKeys() {}

    /**
     * By the name of the Secret, in the order in which they are made: those with a seal come first, so that one which is
     * missing while a later one is there was lost, and not left out by a run that ended early.
     */
    static Map<String, List<Key>> all() {
        JsonNode facts = facts().get("secrets");
        Map<String, List<Key>> sealed = new LinkedHashMap<>();
        Map<String, List<Key>> others = new LinkedHashMap<>();
        for (ServiceName service : ServiceName.values()) {
            List<Key> keys = keys(facts.get("every"), service);
            keys.addAll(keys(facts.path(service.id()), service));
            boolean isSealed = keys.stream().anyMatch(key -> key.kind() == Kind.SEAL);
            (isSealed ? sealed : others).put(service.id(), keys);
            others.put(service.id() + "-owner", keys(facts.get("owner"), service));
        }
        sealed.putAll(others);
        return sealed;
    }

    private static List<Key> keys(JsonNode said, ServiceName service) {
        List<Key> keys = new ArrayList<>();
        said.properties().forEach(entry -> {
            Kind kind = kind(entry.getValue().asText());
            if (entry.getKey().contains(EACH_SERVICE)) {
                Arrays.stream(ServiceName.values())
                        .map(each -> new Key(entry.getKey().replace(EACH_SERVICE, each.variable()), kind, each))
                        .forEach(keys::add);
            } else {
                keys.add(new Key(entry.getKey(), kind, service));
            }
        });
        return keys;
    }

    private static Kind kind(String said) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.name().replace("_", "").equalsIgnoreCase(said))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("facts.yaml names a kind of secret '" + said + "'"));
    }

    private static JsonNode facts() {
        try (InputStream facts = SecretKeys.class.getResourceAsStream("/facts.yaml")) {
            return new YAMLMapper().readTree(facts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.countinghouse.operations.readiness;

import com.fasterxml.jackson.databind.JsonNode;
import io.countinghouse.operations.ServiceName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The Secrets of a namespace, each read once. */
final class ClusterSecrets {

    private final Kubectl kubectl;
    private final Map<String, JsonNode> read = new LinkedHashMap<>();

    ClusterSecrets(Kubectl kubectl) {
        this.kubectl = kubectl;
    }

    /** By what the pods are given, and what migrates. */
    private Set<String> names(ServiceName service, JsonNode deployment) {
        Set<String> names = new LinkedHashSet<>();
        JsonNode container = deployment.at("/spec/template/spec/containers/0");
        container
                .path("envFrom")
                .forEach(from -> names.add(from.at("/secretRef/name").asText()));
        container
                .path("env")
                .forEach(entry ->
                        names.add(entry.at("/valueFrom/secretKeyRef/name").asText()));
        names.add(service.id() + "-owner");
        names.removeIf(name -> name.isEmpty() || secret(name).isMissingNode());
        return names;
    }

    private JsonNode secret(String name) {
        return read.computeIfAbsent(
                name, _ -> kubectl.json("get", "secret", name, "--ignore-not-found", "--show-managed-fields"));
    }

    /** Of one Secret; empty when it is not there. */
    Map<String, String> values(String secret) {
        Map<String, String> values = new LinkedHashMap<>();
        secret(secret)
                .path("data")
                .properties()
                .forEach(entry -> values.put(
                        entry.getKey(),
                        new String(Base64.getDecoder().decode(entry.getValue().asText()), StandardCharsets.UTF_8)));
        return values;
    }

    /** Names of roles and hashes are in the same Secrets and are none. */
    private static boolean isSecret(String key) {
        return !key.endsWith("USERNAME") && !key.endsWith("username") && !key.endsWith("_HASH");
    }

    /** By where each is, for people; of what the pods of a service are given, and what migrates. */
    Map<String, String> of(ServiceName service, JsonNode deployment) {
        Map<String, String> all = new LinkedHashMap<>();
        for (String name : names(service, deployment)) {
            values(name).forEach((key, value) -> {
                if (isSecret(key)) {
                    all.put("Secret " + name + " " + key, value);
                }
            });
        }
        return all;
    }

    /** Since the last time that anybody wrote the Secret's data. */
    List<Site.SecretOrigin> origins(ServiceName service, JsonNode deployment) {
        List<Site.SecretOrigin> origins = new ArrayList<>();
        for (String name : names(service, deployment)) {
            JsonNode metadata = secret(name).path("metadata");
            Instant since = Instant.parse(metadata.path("creationTimestamp").asText());
            for (JsonNode manager : metadata.path("managedFields")) {
                if (manager.path("fieldsV1").has("f:data") && manager.hasNonNull("time")) {
                    Instant written = Instant.parse(manager.path("time").asText());
                    since = written.isAfter(since) ? written : since;
                }
            }
            for (String key : values(name).keySet()) {
                if (isSecret(key)) {
                    origins.add(new Site.SecretOrigin(key, "Secret " + name, Optional.of(since)));
                }
            }
        }
        return origins;
    }
}

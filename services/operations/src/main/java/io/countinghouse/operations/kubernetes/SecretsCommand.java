package io.countinghouse.operations.kubernetes;

import io.countinghouse.operations.ServiceName;
import io.countinghouse.operations.database.DatabaseNames;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "secrets",
        mixinStandardHelpOptions = true,
        description = {
            "Makes the Secrets of an installation in Kubernetes, and adds the keys that they lack; no value is replaced.",
            "Runs in a pod of the installation's namespace, whose account may get, create and update them.",
            "COUNTINGHOUSE_DATABASE_PREFIX stands before each name of a role."
        })
public final class SecretsCommand implements Callable<Integer> {

    private static final String LETTERS_AND_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /** Somebody else writes them at the same moment: as often it is looked at what is missing then. */
    private static final int ATTEMPTS = 5;

    @Option(
            names = "--accept-loss",
            paramLabel = "SECRET",
            split = ",",
            description = "makes the key of this Secret anew that seals what is stored, although it was lost")
    private Set<String> accepted = Set.of();

    private final SecureRandom random = new SecureRandom();

    @Override
    public Integer call() {
        try (KubernetesClient client = new KubernetesClientBuilder().build()) {
            for (int attempt = 1; ; attempt++) {
                try {
                    complete(client);
                    return 0;
                } catch (KubernetesClientException e) {
                    if (e.getCode() != HttpURLConnection.HTTP_CONFLICT || attempt == ATTEMPTS) {
                        throw e;
                    }
                }
            }
        }
    }

    private void complete(KubernetesClient client) {
        Map<String, Secret> there = new LinkedHashMap<>();
        SecretKeys.all().keySet().forEach(name -> {
            Secret secret = client.secrets().withName(name).get();
            if (secret != null) {
                there.put(name, secret);
            }
        });
        SecretPlan plan = SecretPlan.of(opened(there), DatabaseNames.configured(), accepted, this::text);
        plan.missing().forEach((name, values) -> add(client, name, there.get(name), values));
        if (!plan.healed().isEmpty()) {
            heal(client, plan.healed());
        }
        if (plan.isEmpty()) {
            System.out.println("all " + there.size() + " Secrets were there, with all their keys");
        }
    }

    private static void add(KubernetesClient client, String name, Secret there, Map<String, String> values) {
        if (there == null) {
            client.resource(new SecretBuilder()
                            .withNewMetadata()
                            .withName(name)
                            // Not the release's instance: Argo CD would take it for a part of the application, and
                            // prune it.
                            .addToLabels("app.kubernetes.io/name", name)
                            .addToLabels("app.kubernetes.io/part-of", "countinghouse")
                            .addToLabels("app.kubernetes.io/managed-by", "countinghouse-operations")
                            .endMetadata()
                            .withType("Opaque")
                            .withStringData(values)
                            .build())
                    .create();
            System.out.println("made Secret " + name);
            return;
        }
        update(client, there, values);
        System.out.println("added to Secret " + name + ": " + String.join(", ", values.keySet()));
    }

    private static void heal(KubernetesClient client, Map<String, String> hashes) {
        String auth = ServiceName.AUTH.id();
        update(client, client.secrets().withName(auth).require(), hashes);
        System.out.println("renewed in Secret " + auth + ", for the identity of each service as it is now: "
                + String.join(", ", hashes.keySet()));
        var deployment = client.apps().deployments().withName(auth);
        if (deployment.get() != null) {
            deployment.rolling().restart();
            System.out.println("restarted " + auth + ", which reads them when it starts");
        }
    }

    /** Refused with a conflict when somebody wrote it meanwhile. */
    private static void update(KubernetesClient client, Secret there, Map<String, String> values) {
        client.resource(new SecretBuilder(there).addToStringData(values).build())
                .update();
    }

    private static Map<String, Map<String, String>> opened(Map<String, Secret> secrets) {
        return secrets.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> {
            Map<String, String> data = entry.getValue().getData();
            return data == null
                    ? Map.of()
                    : data.entrySet().stream()
                            .collect(Collectors.toMap(
                                    Map.Entry::getKey,
                                    value -> new String(
                                            Base64.getDecoder().decode(value.getValue()), StandardCharsets.UTF_8)));
        }));
    }

    private String text(int length) {
        return random.ints(length, 0, LETTERS_AND_DIGITS.length())
                .mapToObj(at -> LETTERS_AND_DIGITS.substring(at, at + 1))
                .collect(Collectors.joining());
    }
}

package io.countinghouse.operations.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.countinghouse.operations.ServiceName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What compose.yaml says, the services understand; whether it follows the specification, {@code compose/check} asks. */
class ComposeTest {

    private static final List<String> FILES = List.of("compose.yaml", "compose/observability.yaml");

    /** Of Quarkus itself, without a value of ours: quarkus.mailer.username, .password and .start-tls. */
    private static final Set<String> QUARKUS = Set.of(
            "QUARKUS_MAILER_USERNAME",
            "QUARKUS_MAILER_PASSWORD",
            "QUARKUS_MAILER_START_TLS",
            "QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT");

    /** Ports, which the image sets, and what only someone who tries it out wants. */
    private static final Set<String> LOCAL_ONLY = Set.of(
            "QUARKUS_HTTP_PORT",
            "QUARKUS_MANAGEMENT_PORT",
            "COUNTINGHOUSE_DATABASE_POOL_SIZE",
            "COUNTINGHOUSE_NOTIFICATION_WEBHOOK_ALLOW_PRIVATE_ADDRESSES",
            "COUNTINGHOUSE_NOTIFICATION_WEBHOOK_ALLOW_HTTP");

    /** Compose brings a PostgreSQL of its own, in a network of its own: nobody else's, and reached without TLS or pooler. */
    private static final Set<String> NOT_IN_COMPOSE = Set.of(
            "COUNTINGHOUSE_DATABASE_PARAMETERS",
            "COUNTINGHOUSE_DATABASE_DIRECT_HOST",
            "COUNTINGHOUSE_DATABASE_DIRECT_PORT",
            "COUNTINGHOUSE_DATABASE_TLS",
            "COUNTINGHOUSE_DATABASE_CA");

    @Test
    void theSevenServicesAreThere() {
        // When
        Set<String> names = services().keySet();
        // Then
        assertThat(names).containsAll(ids()).contains("postgresql", "databases", "prometheus", "alertmanager");
        assertThat(names).contains("grafana", "fluent-bit", "vault");
    }

    @Test
    void everyVariableOfAServiceIsAPropertyThatItKnows() {
        for (ServiceName service : ServiceName.values()) {
            // When
            Set<String> names = environment(service.id()).keySet();
            // Then
            assertThat(knownTo(service)).as(service.id()).containsAll(names);
        }
    }

    @Test
    void whatTheLocalStackHasToSetIsSetHereToo() {
        // Given
        Set<String> wanted = fromLocalStack();
        wanted.removeAll(LOCAL_ONLY);
        // When
        Set<String> set = Arrays.stream(ServiceName.values())
                .flatMap(service -> environment(service.id()).keySet().stream())
                .collect(Collectors.toSet());
        // Then
        assertThat(wanted).hasSizeGreaterThan(20);
        assertThat(set).containsAll(wanted);
    }

    @Test
    void eachServiceHasItsOwnDatabaseRolesAndSecret() {
        for (ServiceName service : ServiceName.values()) {
            // When
            Map<String, String> environment = environment(service.id());
            // Then
            assertThat(environment)
                    .as(service.id())
                    .containsEntry("COUNTINGHOUSE_DATABASE_NAME", service.database())
                    .containsEntry("COUNTINGHOUSE_DATABASE_USERNAME", service.applicationRole())
                    .containsEntry("COUNTINGHOUSE_DATABASE_OWNER_USERNAME", service.ownerRole());
            assertThat(environment.get("COUNTINGHOUSE_DATABASE_PASSWORD"))
                    .startsWith("${" + password(service.applicationRole()) + ":?");
            assertThat(environment.get("COUNTINGHOUSE_DATABASE_OWNER_PASSWORD"))
                    .startsWith("${" + password(service.ownerRole()) + ":?");
            assertThat(environment.get("COUNTINGHOUSE_SERVICE_SECRET"))
                    .startsWith("${" + service.variable() + "_SECRET:?");
            assertThat(environment.get("COUNTINGHOUSE_SERVICES_" + service.variable() + "_URL"))
                    .isEqualTo("http://" + service.id() + ":8080");
            assertThat(environment(ServiceName.AUTH.id())
                            .get("COUNTINGHOUSE_AUTH_BOOTSTRAP_SERVICE_ACCOUNTS__" + service.variable()
                                    + "__SECRET_HASH"))
                    .startsWith("${" + service.variable() + "_SECRET_HASH:?");
        }
    }

    @Test
    void theDatabasesAreMadeWithTheVariablesThatTheirCommandReads() {
        // Given
        String folder = "services/operations/src/main/java/io/countinghouse/operations/";
        String source =
                Sources.text(folder + "DatabaseServer.java") + Sources.text(folder + "secret/EnvironmentSecrets.java");
        Set<String> known = Stream.concat(
                        Sources.matches(
                                "(?:env:|variable\\(\"|said\\([a-z]+, \")(COUNTINGHOUSE_(?:ADMIN|DATABASE)_[A-Z_]+)",
                                source),
                        Arrays.stream(ServiceName.values())
                                .flatMap(service -> Stream.of(service.ownerRole(), service.applicationRole()))
                                .map(ComposeTest::password))
                .collect(Collectors.toCollection(TreeSet::new));
        known.removeAll(NOT_IN_COMPOSE);
        // For rollbacks.
        known.remove("COUNTINGHOUSE_DATABASE_OWNER_PASSWORD");
        // When
        Set<String> names = environment("databases").keySet();
        // Then
        assertThat(names).containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void noSecretHasAValueInTheFile() {
        services()
                .forEach((name, service) -> environment(name).forEach((variable, value) -> {
                    // Then
                    if (variable.matches(".*(PASSWORD|SECRET|_KEY|TOKEN|HASH|TOKEN_ID)")) {
                        assertThat(value).as(name + " " + variable).matches("\\$\\{[A-Z_]+:(\\?.{8,}|-)}");
                    }
                }));
    }

    @Test
    void prometheusScrapesTheManagementPortOfEachService() {
        // When
        JsonNode targets = Sources.yaml("compose/prometheus.yaml").at("/scrape_configs/0/static_configs");
        // Then
        List<String> scraped = new ArrayList<>();
        targets.forEach(target -> {
            assertThat(target.at("/targets/0").asText())
                    .isEqualTo(target.at("/labels/service").asText() + ":9000");
            scraped.add(target.at("/labels/service").asText());
        });
        assertThat(scraped).containsExactlyInAnyOrderElementsOf(ids());
    }

    @Test
    void everyContainerIsConfined() {
        services().forEach((name, service) -> {
            // Then
            assertThat(service.at("/cap_drop/0").asText()).as(name).isEqualTo("ALL");
            assertThat(service.has("cap_add") || service.has("privileged"))
                    .as(name)
                    .isFalse();
            assertThat(service.at("/security_opt/0").asText()).as(name).isEqualTo("no-new-privileges:true");
            assertThat(service.at("/restart").asText()).as(name).isNotEmpty();
            for (String limit : List.of("cpus", "memory", "pids")) {
                assertThat(service.at("/deploy/resources/limits/" + limit).asText())
                        .as(name + " " + limit)
                        .isNotEmpty();
            }
            // Compose writes Alertmanager's secrets into the container; Docker's files can be read by root alone.
            assertThat(service.at("/read_only").asBoolean()).as(name).isEqualTo(!name.equals("alertmanager"));
            assertThat(service.at("/user").asText().matches("0(:.*)?|root|"))
                    .as(name)
                    .isEqualTo(name.equals("fluent-bit"));
            assertThat(service.at("/image").asText()).as(name).matches(".+:.+").doesNotEndWith(":latest");
            service.path("ports")
                    .forEach(port -> assertThat(port.asText()).as(name).startsWith("127.0.0.1:"));
        });
    }

    /** The services of both files, by name. */
    private static Map<String, JsonNode> services() {
        Map<String, JsonNode> services = new TreeMap<>();
        for (String file : FILES) {
            Sources.yaml(file)
                    .get("services")
                    .properties()
                    .forEach(entry -> services.put(entry.getKey(), entry.getValue()));
        }
        return services;
    }

    private static Map<String, String> environment(String service) {
        Map<String, String> environment = new TreeMap<>();
        services()
                .get(service)
                .path("environment")
                .properties()
                .forEach(entry ->
                        environment.put(entry.getKey(), entry.getValue().asText()));
        return environment;
    }

    /** Every property that the service's files name, or that the local stack, which runs, sets. */
    private static Set<String> knownTo(ServiceName service) {
        String properties =
                Sources.text("services/service-defaults/src/main/resources/META-INF/microprofile-config.properties")
                        + Sources.text("services/" + service.id() + "/src/main/resources/application.properties");
        Set<String> known = Stream.concat(
                        Sources.matches("^(?:%[a-z,]+\\.)?([a-z][^=\\s]*)=.*$", properties),
                        Sources.matches("\\$\\{([^}]+)}", properties))
                .map(property -> property.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"))
                .collect(Collectors.toCollection(TreeSet::new));
        known.addAll(fromLocalStack());
        known.addAll(QUARKUS);
        return known;
    }

    private static Set<String> fromLocalStack() {
        return Sources.matches(
                        "\"((?:COUNTINGHOUSE|QUARKUS)_[A-Z_]*[A-Z])\"",
                        Sources.text("services/local-stack/src/main/java/io/countinghouse/stack/LocalStack.java"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> ids() {
        return Arrays.stream(ServiceName.values()).map(ServiceName::id).toList();
    }

    private static String password(String role) {
        return role.toUpperCase(Locale.ROOT) + "_PASSWORD";
    }
}

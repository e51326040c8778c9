package io.countinghouse.operations.readiness;

import com.fasterxml.jackson.databind.JsonNode;
import io.countinghouse.operations.ServiceName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the cluster is told about the pods of one service: probes, limits, rights, connections, disruptions. */
final class PlatformCheck {

    private static final List<String> PROBES = List.of("startupProbe", "livenessProbe", "readinessProbe");

    private final Kubectl kubectl;
    private final ServiceName service;
    private final JsonNode deployment;
    private final JsonNode pod;
    private final List<JsonNode> pods;

    PlatformCheck(Kubectl kubectl, ServiceName service, JsonNode deployment, List<JsonNode> pods) {
        this.kubectl = kubectl;
        this.service = service;
        this.deployment = deployment;
        this.pod = deployment.at("/spec/template/spec");
        this.pods = pods;
    }

    List<Finding> of(Set<Line> lines) {
        return lines.stream()
                .map(line -> switch (line) {
                    case REPLICAS -> replicas();
                    case PROBES -> probes();
                    case RESOURCES -> resources();
                    case POD_SECURITY -> podSecurity();
                    case NETWORK_POLICY -> networkPolicy();
                    case DISRUPTION_BUDGET -> disruptionBudget();
                    default -> throw new IllegalArgumentException(line.id());
                })
                .toList();
    }

    private Finding replicas() {
        List<String> problems = new ArrayList<>();
        int wanted = deployment.at("/spec/replicas").asInt(1);
        int ready = deployment.at("/status/readyReplicas").asInt();
        int restarts = 0;
        for (JsonNode each : pods) {
            String name = each.at("/metadata/name").asText();
            for (JsonNode status : each.at("/status/containerStatuses")) {
                restarts += status.path("restartCount").asInt();
                String waiting = status.at("/state/waiting/reason").asText();
                if (!waiting.isEmpty()) {
                    problems.add("pod " + name + " waits: " + waiting);
                }
                if (status.at("/lastState/terminated/reason").asText().equals("OOMKilled")) {
                    problems.add("pod " + name + " was killed for want of memory");
                }
            }
        }
        if (ready < wanted) {
            problems.add(ready + " of " + wanted + " pods are ready" + warnings());
        }
        if (deployment.at("/status/observedGeneration").asLong()
                        < deployment.at("/metadata/generation").asLong()
                || deployment.at("/status/updatedReplicas").asInt() < wanted) {
            problems.add("a rollout is not complete");
        }
        return Finding.of(
                Line.REPLICAS, service, ready + " of " + wanted + " ready, " + restarts + " restarts", problems);
    }

    /** What the cluster says about pods that do not become ready. */
    private String warnings() {
        List<String> reasons = new ArrayList<>();
        for (JsonNode event :
                kubectl.json("get", "events", "--field-selector=type=Warning").path("items")) {
            String reason = event.path("reason").asText();
            if (event.at("/involvedObject/name").asText().startsWith(service.id() + "-") && !reasons.contains(reason)) {
                reasons.add(reason);
            }
        }
        return reasons.isEmpty() ? "" : "; warnings: " + String.join(", ", reasons);
    }

    private Finding probes() {
        List<String> problems = new ArrayList<>();
        JsonNode container = container();
        List<Integer> apiPorts = new ArrayList<>();
        List<String> apiNames = new ArrayList<>();
        for (JsonNode port : container.path("ports")) {
            if (port.path("name").asText().equals("http")) {
                apiPorts.add(port.path("containerPort").asInt());
                apiNames.add("http");
            }
        }
        for (String name : PROBES) {
            JsonNode probe = container.path(name);
            String path = probe.at("/httpGet/path").asText();
            JsonNode port = probe.at("/httpGet/port");
            if (probe.isMissingNode()) {
                problems.add("there is no " + name);
            } else if (!path.startsWith("/health/")) {
                problems.add(name + " asks '" + path + "', not /health/…");
            } else if (apiNames.contains(port.asText()) || apiPorts.contains(port.asInt())) {
                problems.add(name + " asks the port of the API");
            }
        }
        if (container.at("/livenessProbe/httpGet/path").asText().equals("/health/ready")) {
            problems.add("livenessProbe asks the database: a slow one would restart every pod");
        }
        return Finding.of(
                Line.PROBES, service, "startup, liveness and readiness by /health on the management port", problems);
    }

    private Finding resources() {
        List<String> problems = new ArrayList<>();
        for (JsonNode container : pod.path("containers")) {
            for (String path : List.of("/requests/cpu", "/requests/memory", "/limits/memory")) {
                if (container.path("resources").at(path).isMissingNode()) {
                    problems.add("container " + container.path("name").asText() + " has no "
                            + path.substring(1).replace('/', '.'));
                }
            }
        }
        JsonNode resources = container().path("resources");
        return Finding.of(
                Line.RESOURCES,
                service,
                "requests " + resources.at("/requests/cpu").asText() + " CPU, "
                        + resources.at("/requests/memory").asText() + "; limit "
                        + resources.at("/limits/memory").asText(),
                problems);
    }

    private Finding podSecurity() {
        List<String> problems = new ArrayList<>();
        require(problems, pod.at("/securityContext/runAsNonRoot").asBoolean(), "runAsNonRoot is not set");
        require(
                problems,
                pod.at("/securityContext/seccompProfile/type").asText().equals("RuntimeDefault"),
                "seccompProfile is not RuntimeDefault");
        for (String host : List.of("hostNetwork", "hostPID", "hostIPC")) {
            require(problems, !pod.path(host).asBoolean(), host + " is set");
        }
        require(problems, pod.path("volumes").findValues("hostPath").isEmpty(), "a volume is a folder of the node");
        for (JsonNode container : pod.path("containers")) {
            JsonNode context = container.path("securityContext");
            String name = "container " + container.path("name").asText() + ": ";
            require(
                    problems,
                    context.path("allowPrivilegeEscalation").isBoolean()
                            && !context.path("allowPrivilegeEscalation").asBoolean(),
                    name + "allowPrivilegeEscalation is not false");
            require(
                    problems,
                    context.path("readOnlyRootFilesystem").asBoolean(),
                    name + "readOnlyRootFilesystem is not set");
            require(
                    problems,
                    context.at("/capabilities/drop/0").asText().equals("ALL"),
                    name + "not all capabilities are dropped");
            require(problems, !context.path("privileged").asBoolean(), name + "privileged");
        }
        String enforced = kubectl.json("get", "namespace", kubectl.namespace())
                .path("metadata")
                .path("labels")
                .path("pod-security.kubernetes.io/enforce")
                .asText();
        require(
                problems,
                enforced.equals("restricted"),
                "the namespace does not enforce it: kubectl label namespace " + kubectl.namespace()
                        + " pod-security.kubernetes.io/enforce=restricted");
        return Finding.of(
                Line.POD_SECURITY, service, "restricted, enforced by the namespace; read-only root", problems);
    }

    private static void require(List<String> problems, boolean holds, String problem) {
        if (!holds) {
            problems.add(problem);
        }
    }

    private Finding networkPolicy() {
        JsonNode labels = deployment.at("/spec/template/metadata/labels");
        List<String> problems = new ArrayList<>();
        boolean ingress = false;
        boolean egress = false;
        int count = 0;
        for (JsonNode policy : kubectl.json("get", "networkpolicies").path("items")) {
            if (!Selector.selects(policy.at("/spec/podSelector"), labels)) {
                continue;
            }
            count++;
            for (JsonNode type : policy.at("/spec/policyTypes")) {
                ingress |= type.asText().equals("Ingress");
                egress |= type.asText().equals("Egress");
            }
            String name = policy.at("/metadata/name").asText();
            for (String direction : List.of("ingress", "egress")) {
                for (JsonNode rule : policy.path("spec").path(direction)) {
                    if (rule.isEmpty()) {
                        problems.add(name + " opens every " + direction);
                    }
                }
            }
        }
        require(problems, ingress, "no NetworkPolicy restricts who connects to it");
        require(problems, egress, "no NetworkPolicy restricts what it connects to");
        return Finding.of(
                Line.NETWORK_POLICY, service, count + " policies, both directions, none open to all", problems);
    }

    private Finding disruptionBudget() {
        JsonNode labels = deployment.at("/spec/template/metadata/labels");
        int replicas = deployment.at("/spec/replicas").asInt(1);
        if (replicas < 2) {
            return Finding.failed(
                    Line.DISRUPTION_BUDGET, service, "one replica: a drain of its node stops the service; set two");
        }
        for (JsonNode budget : kubectl.json("get", "poddisruptionbudgets").path("items")) {
            if (Selector.selects(budget.at("/spec/selector"), labels)) {
                int allowed = budget.at("/status/disruptionsAllowed").asInt();
                List<String> problems = new ArrayList<>();
                require(problems, allowed < replicas, "the budget lets all pods go at once");
                boolean complete = deployment.at("/status/readyReplicas").asInt() >= replicas;
                require(
                        problems,
                        allowed > 0 || !complete,
                        "the budget lets no pod go, so that no node can be drained");
                return Finding.of(
                        Line.DISRUPTION_BUDGET,
                        service,
                        replicas + " replicas, " + allowed + " may be disrupted now",
                        problems);
            }
        }
        return Finding.failed(Line.DISRUPTION_BUDGET, service, "there is no PodDisruptionBudget");
    }

    private JsonNode container() {
        return pod.at("/containers/0");
    }
}
